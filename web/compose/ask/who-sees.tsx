import type { ReactElement } from 'react';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';

/** Who sees what during a run, one line each. */
export function WhoSees({ provider, host }: { readonly provider: ProviderInfo; readonly host: string }): ReactElement {
  const takesKey = provider.key !== 'none';
  return (
    <dl className="sees small">
      <dt>This server</dt>
      <dd>{takesKey ? 'the goal, and the key for as long as the run lasts. It stores neither.' : 'the goal. It stores nothing.'}</dd>
      <dt className={takesKey ? 'sees-host' : undefined}>{takesKey ? host : provider.name}</dt>
      <dd>{provider.sees}</dd>
    </dl>
  );
}
