import type { ReactElement } from 'react';
import type { ProviderInfo, ServerConfig } from '../../../shared/contract/server-config.ts';
import styles from './key-panel.module.css';

interface WhoSeesProps {
  readonly provider: ProviderInfo;
  readonly host: string;
  readonly me: ServerConfig['me'];
}

/** Who sees what during a run, and what is written down of it, one line each. */
export function WhoSees({ provider, host, me }: WhoSeesProps): ReactElement {
  const takesKey = provider.key !== 'none';
  return (
    <dl className={`small ${styles['sees']}`}>
      <dt>This server</dt>
      <dd>
        {takesKey
          ? 'the goal, and the key for as long as the run lasts. It stores neither.'
          : 'the goal. It does not store it.'}
      </dd>
      <dt className={takesKey ? styles['sees-host'] : undefined}>{takesKey ? host : provider.name}</dt>
      <dd>{provider.sees}</dd>
      {me && (
        <>
          <dt>Your audit log</dt>
          <dd>a line about the run: who, when, provider, model and outcome.</dd>
        </>
      )}
    </dl>
  );
}
