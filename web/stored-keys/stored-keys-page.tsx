import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { ServerConfig } from '../../shared/contract/server-config.ts';
import type { StoredKeyPage } from '../../shared/contract/vault/stored-key.ts';
import { Mine } from '../account/mine.tsx';
import { useServerConfig } from '../config/server-config.ts';
import { keyPolicyQuery } from '../key-policy/key-policy-api.ts';
import { PolicyNotice } from '../key-policy/policy-notice.tsx';
import { QueryPart } from '../settings/query-part.tsx';
import { Section } from '../settings/section.tsx';
import { AddKeySection } from './add-key-section.tsx';
import { KeyLine } from './key-line.tsx';
import { RulesSection } from './rules-section.tsx';
import styles from './stored-keys.module.css';
import { storedKeysQuery } from './stored-keys-api.ts';
import { WhatIsKept } from './what-is-kept.tsx';

/** The page `/settings/keys`: keys that the workspace stores here, where the server stores any at all. */
export function StoredKeysPage(): ReactElement {
  const { data } = useServerConfig();
  return (
    <Mine title="Stored keys" what="Keys that a workspace stores on this server. Sign in to see yours.">
      <div className={`page ${styles['stored-keys']}`}>
        <p className="small">
          <Link href="/settings">Settings</Link>
        </p>
        <h1>Stored keys</h1>
        {data?.config.vault ? <Keys config={data.config} /> : <Off />}
      </div>
    </Mine>
  );
}

function Off(): ReactElement {
  return (
    <Section title="This server stores no keys">
      <p>
        Its operator has not turned that on. A run takes the key that you paste on{' '}
        <Link href="/compose">Compose</Link>, for that run alone, and nothing of it stays. An owner can forbid
        stored keys on the page of <Link href="/settings/workspaces">the workspace</Link>, also for later.
      </p>
    </Section>
  );
}

function Keys({ config }: { readonly config: ServerConfig }): ReactElement {
  const query = useQuery(storedKeysQuery);
  return (
    <>
      <QueryPart query={query}>{(page) => <List page={page} config={config} />}</QueryPart>
      <WhatIsKept />
    </>
  );
}

function List({
  page,
  config,
}: {
  readonly page: StoredKeyPage;
  readonly config: ServerConfig;
}): ReactElement {
  const { workspace, canManage, rules, keys } = page;
  const { overlapHours } = rules;
  const policy = useQuery(keyPolicyQuery(workspace.id));
  // where the policy cannot be had, the server says it when a key is sent
  const mayAdd = policy.data === undefined ? policy.isError : !policy.data.inForce;
  const nameOf = (id: string): string => config.providers.find((one) => one.id === id)?.name ?? id;
  const living = keys.filter(({ state }) => state !== 'destroyed');
  const gone = keys.filter(({ state }) => state === 'destroyed');
  return (
    <>
      {policy.data?.inForce && <PolicyNotice policy={policy.data} workspace={workspace.id} />}
      {canManage && mayAdd && <AddKeySection key={workspace.id} config={config} workspace={workspace.id} />}
      <Section
        title={`Keys of ${workspace.name}`}
        what="A hosted run that asks for stored credentials takes the default key of its provider; agents and cron do that with an API token. The provider bills its owner."
      >
        {!canManage && (
          <p className="small soft">Only admins and owners of this workspace add, change or remove keys.</p>
        )}
        {living.length === 0 && <p>No keys are stored.</p>}
        {living.length > 0 && (
          <ul className="lines">
            {living.map((key) => (
              <KeyLine
                key={key.id}
                info={key}
                provider={nameOf(key.provider)}
                {...{ canManage, overlapHours }}
              />
            ))}
          </ul>
        )}
        {gone.length > 0 && (
          <details>
            <summary className="small">Gone in the last 30 days: {gone.length}</summary>
            <ul className="lines">
              {gone.map((key) => (
                <KeyLine
                  key={key.id}
                  info={key}
                  provider={nameOf(key.provider)}
                  {...{ canManage, overlapHours }}
                />
              ))}
            </ul>
          </details>
        )}
      </Section>
      <RulesSection key={`rules of ${workspace.id}`} {...{ workspace, rules, canManage }} />
    </>
  );
}
