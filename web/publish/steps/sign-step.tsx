import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link } from 'wouter';
import type { SigningKeyInfo } from '../../../shared/contract/registry.ts';
import { makeBundle } from '../../../shared/registry/make-bundle.ts';
import { failureOf } from '../../http/call.ts';
import { randomId } from '../../http/random-id.ts';
import { useAction } from '../../http/use-action.ts';
import type { BrowserKey } from '../../signing/browser-keys.ts';
import { NewKeyForm } from '../../signing/new-key-form.tsx';
import { browserKeysQuery, signingKeysQuery } from '../../signing/signing-api.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { TryAgain } from '../../ui/try-again.tsx';
import styles from '../publish.module.css';
import { nameOf } from '../state/step-faults.ts';
import type { WizardTools } from '../use-wizard.ts';

/** Signs what is shown: a digest for each skill, made here from its text. */
export function SignStep({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { judged, ready, signed, setSigned } = tools;
  return (
    <>
      <p className="small soft">
        Your signature says that you made exactly these texts. It is made in this browser by a signing key of
        yours, and has nothing to do with a provider’s key.
      </p>
      <ul className={`sheet ${styles['digests']}`}>
        {judged?.map((skill) => (
          <li key={skill.item}>
            <span className="skill-name">{nameOf(skill)}/SKILL.md</span>
            <code className="mono small soft">{skill.textDigest}</code>
          </li>
        ))}
        {ready?.parts.reused?.map(({ publisher, name, version, contentDigest }) => (
          <li key={name}>
            <span className="skill-name">
              {publisher}/{name} {version}
            </span>
            <code className="mono small soft">{contentDigest}</code>
          </li>
        ))}
        <li>
          <span className="skill-name">bundle.json</span>
          <span className="small soft">pins all of them by these digests</span>
        </li>
      </ul>
      {signed ? (
        <p role="status">
          <span className="tag ok">signed</span> with{' '}
          <code className="mono">{signed.wish.signingKey?.slice(0, 16)}</code>. A change makes the signature
          void.{' '}
          <button type="button" className="link small" onClick={() => setSigned(undefined)}>
            Sign anew
          </button>
        </p>
      ) : (
        <ChooseKey tools={tools} />
      )}
    </>
  );
}

function ChooseKey({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { handle } = tools;
  const registered = useQuery(signingKeysQuery);
  const here = useQuery(browserKeysQuery(handle));
  if (registered.error)
    return (
      <FailureNote failure={failureOf(registered.error)}>
        <TryAgain again={registered.refetch} />
      </FailureNote>
    );
  if (!registered.data || here.isPending) return <p className="soft">Looking for your signing keys…</p>;
  const usable = registered.data.filter(({ revokedAt }) => revokedAt === null);
  const own = (here.data ?? []).flatMap((key) => {
    const info = usable.find(({ keyId }) => keyId === key.id);
    return info ? [{ key, info }] : [];
  });
  if (own.length === 0)
    return (
      <section className="sheet pad">
        <p>
          {usable.length > 0
            ? 'Your signing keys are in other browsers. Make one for this one; the others stay as they are.'
            : 'You have no signing key yet. It is made here, once for each browser, and cannot be read by anyone.'}
        </p>
        <NewKeyForm handle={handle} keys={registered.data} onMade={() => {}} />
      </section>
    );
  return <SignForm keys={own} tools={tools} />;
}

interface SignFormProps {
  readonly keys: readonly { readonly key: BrowserKey; readonly info: SigningKeyInfo }[];
  readonly tools: WizardTools;
}

function SignForm({ keys, tools }: SignFormProps): ReactElement {
  const { ready, setSigned } = tools;
  const { busy, failure, run } = useAction();
  const [chosen, setChosen] = useState(keys[0]?.key.id);
  const signer = keys.find(({ key }) => key.id === chosen) ?? keys[0];
  const sign = (): void => {
    if (!ready || !signer) return;
    void run(async () => {
      const parts = { ...ready.parts, createdAt: new Date().toISOString() };
      setSigned({ about: ready.about, wish: await makeBundle(parts, signer.key), publishId: randomId() });
    });
  };
  return (
    <div className={styles['sign']}>
      <label className="field">
        <span className="label">Signing key in this browser</span>
        <select value={signer?.key.id} onChange={({ target }) => setChosen(target.value)}>
          {keys.map(({ key, info }) => (
            <option key={key.id} value={key.id}>
              {info.name} ({key.id.slice(0, 16)})
            </option>
          ))}
        </select>
      </label>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="plain strong" aria-disabled={busy || !ready} onClick={sign}>
          {busy ? 'Signing…' : 'Sign'}
        </button>
        <Link className="small" href="/settings/signing-keys">
          Your signing keys
        </Link>
      </div>
    </div>
  );
}
