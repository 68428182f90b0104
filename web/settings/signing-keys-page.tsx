import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link } from 'wouter';
import type { SigningKeyInfo } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { useHandle } from '../account/me.ts';
import { Mine } from '../account/mine.tsx';
import { NewKeyForm } from '../signing/new-key-form.tsx';
import { browserKeysQuery, signingKeysQuery } from '../signing/signing-api.ts';
import { useToast } from '../ui/toast.tsx';
import { QueryPart } from './query-part.tsx';
import { RegisterForm } from './register-form.tsx';
import { RevokeKeyDialog } from './revoke-key-dialog.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';
import { SigningKeyLine } from './signing-key-line.tsx';

/** The keys by which somebody signs what they publish: public halves on the server, private ones in the browsers that made them. */
export function SigningKeysPage(): ReactElement {
  const handle = useHandle();
  return (
    <Mine title="Signing keys" what="What you publish is signed by a key of your own. Sign in to see yours.">
      {handle && <SigningKeys handle={handle} />}
    </Mine>
  );
}

function SigningKeys({ handle }: { readonly handle: string }): ReactElement {
  const query = useQuery(signingKeysQuery);
  const here = useQuery(browserKeysQuery(handle));
  const toast = useToast();
  const [revoked, setRevoked] = useState<SigningKeyInfo>();
  const local = new Set(here.data?.map(({ id }) => id));
  const registered = (keys: readonly SigningKeyInfo[]): boolean =>
    keys.some(({ keyId, revokedAt }) => local.has(keyId) && revokedAt === null);
  const made = ({ name }: SigningKeyInfo): void => toast({ text: `“${name}” is registered.` });

  return (
    <div className={`page ${styles['settings']}`}>
      <p className="small">
        <Link href="/settings">Settings</Link>
      </p>
      <h1>Signing keys</h1>
      <Section
        title="Yours"
        what="A signature says that you made a bundle, and that nobody changed it since. It has nothing to do with a provider’s key. The private half stays in the browser that made it and cannot be read, not even by this page."
      >
        <QueryPart query={query}>
          {(keys) => (
            <>
              {keys.length > 0 && (
                <ul className="lines">
                  {keys.map((key) => (
                    <SigningKeyLine
                      key={key.keyId}
                      info={key}
                      isHere={local.has(key.keyId)}
                      onRevoke={() => setRevoked(key)}
                    />
                  ))}
                </ul>
              )}
              {keys.length > 0 && (
                <p className="small soft">
                  Anyone finds them at <a href={ROUTES.signerKeys(`${handle}.json`)}>{handle}.json</a>, with
                  their dates, and those in use at{' '}
                  <a href={ROUTES.signerKeys(`${handle}.pem`)}>{handle}.pem</a>.
                </p>
              )}
              {!registered(keys) && <NewKeyForm handle={handle} keys={keys} onMade={made} />}
            </>
          )}
        </QueryPart>
      </Section>
      <Section title="A browser or its profile is lost">
        <p>Its signing key is lost with it: nobody has a copy. What it signed stays good.</p>
        <ol className={styles['steps']}>
          <li>Make a new signing key here, in the browser that you use now.</li>
          <li>
            Revoke the lost one. Say since when others may have had it: what was published before stays signed
            by you, what comes after is refused.
          </li>
          <li>Publish on. Readers see one handle, and the keys with their dates.</li>
        </ol>
      </Section>
      <RegisterForm onMade={made} />
      {revoked && <RevokeKeyDialog info={revoked} onClose={() => setRevoked(undefined)} />}
    </div>
  );
}
