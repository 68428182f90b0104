import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import type { StoredKeyPage } from '../../../shared/contract/vault/stored-key.ts';
import { Mine } from '../../account/mine.tsx';
import { useServerConfig } from '../../config/server-config.ts';
import { QueryPart } from '../../settings/query-part.tsx';
import { Section } from '../../settings/section.tsx';
import { KeyIcon } from '../../ui/icons.tsx';
import { keyInWords } from '../key-words.ts';
import { storedKeysQuery } from '../stored-keys-api.ts';
import { BeginForm } from './begin-form.tsx';
import styles from './leak.module.css';
import { leakQuery } from './leak-api.ts';
import { LeakSteps } from './leak-steps.tsx';

/** The page `/settings/keys/:id/leak`: what to do, in order, when a stored key got into other hands. */
export function LeakPage(): ReactElement {
  const { id = '' } = useParams();
  return (
    <Mine title="A key leaked" what="Admins of its workspace see this page. Sign in to open it.">
      <div className={`page ${styles['leak']}`}>
        <p className="small">
          <Link href="/settings/keys">Stored keys</Link>
        </p>
        <h1>A key leaked</h1>
        <Loaded key={id} id={id} />
      </div>
    </Mine>
  );
}

function Loaded({ id }: { readonly id: string }): ReactElement {
  const query = useQuery(storedKeysQuery);
  return <QueryPart query={query}>{(page) => <OfKey page={page} id={id} />}</QueryPart>;
}

function OfKey({ page, id }: { readonly page: StoredKeyPage; readonly id: string }): ReactElement {
  const { data } = useServerConfig();
  const info = page.keys.find((key) => key.id === id);
  const leak = useQuery({ ...leakQuery(id), enabled: info !== undefined && page.canManage });
  if (!info)
    return (
      <Section title="There is no such key">
        <p>
          {page.workspace.name} has none by this address, or it is gone for more than 30 days. Perhaps it is
          another workspace’s: choose that one in <Link href="/settings/workspaces">Workspaces</Link>.
        </p>
      </Section>
    );
  if (!page.canManage)
    return (
      <Section title={info.name}>
        <p>
          Only admins and owners of {page.workspace.name} deal with a leak here. Tell one of them now; whoever
          can sign in at the provider can revoke the key there at once.
        </p>
      </Section>
    );
  const vendor = data?.config.providers.find((one) => one.id === info.provider);
  const provider = vendor?.name ?? info.provider;
  return (
    <>
      <p>
        <strong>{info.name}</strong>{' '}
        <span className={`mono ${styles['of-key']}`}>
          <KeyIcon size={14} /> {keyInWords(info)}
        </span>{' '}
        <span className="soft">of {provider}</span>
      </p>
      <p className="small soft">
        Whoever has the key can use it until {provider} refuses it. Nothing that is done on this server ends
        that; the first step does.
      </p>
      <QueryPart query={leak}>
        {(said) =>
          said === null ? (
            <BeginForm info={info} />
          ) : (
            <LeakSteps {...{ info, leak: said, provider, keysUrl: vendor?.keysUrl, keys: page.keys }} />
          )
        }
      </QueryPart>
    </>
  );
}
