import type { ReactElement } from 'react';
import type { ProviderInfo } from '../../shared/contract/server-config.ts';
import { formatAge } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import styles from './key-panel.module.css';
import type { KeyPanelState } from './use-key-panel.ts';

interface KeyStatusProps {
  readonly provider: ProviderInfo;
  readonly state: 'none' | 'empty' | 'held' | 'gone';
  readonly busy: boolean;
  readonly turnedAt: number | undefined;
  readonly notices: readonly string[];
  readonly panel: KeyPanelState;
}

/** One line below the key field, always there, so that nothing moves when it changes. */
export function KeyStatus({ provider, state, busy, turnedAt, notices, panel }: KeyStatusProps): ReactElement {
  return (
    <p
      className={`small ${styles['key-status']}`}
      id="key-status"
      data-state={panel.check.state === 'idle' ? state : panel.check.state}
    >
      <Words
        provider={provider}
        state={state}
        busy={busy}
        turnedAt={turnedAt}
        notices={notices}
        panel={panel}
      />
    </p>
  );
}

function Words({ provider, state, busy, turnedAt, notices, panel }: KeyStatusProps): ReactElement {
  if (panel.check.state === 'checking') return <>Checking with {provider.name}…</>;
  if (panel.check.message !== undefined) return <>{panel.check.message}</>;
  switch (state) {
    case 'none':
      return <>No key needed, and no real model: the sandbox is there to try everything.</>;
    case 'held':
      return <>{panel.hint ?? 'In this tab only, until you press Plan with my key.'}</>;
    case 'gone':
      return (
        <>
          Turned <Age since={turnedAt ?? 0} /> ago. This page no longer has it
          {busy ? '; the server forgets it when the run ends.' : '.'} {notices.join(' ')}
        </>
      );
    case 'empty':
      if (!provider.keysUrl) return <>Paste your key. It stays in this tab until you press Plan.</>;
      return (
        <>
          Paste your key, or make one at{' '}
          <a href={provider.keysUrl} target="_blank" rel="noopener noreferrer">
            {new URL(provider.keysUrl).host}
          </a>
          . It stays in this tab until you press Plan.
        </>
      );
  }
}

function Age({ since }: { readonly since: number }): ReactElement {
  const now = useNow(true, 1000);
  return <span className="num">{formatAge(now - since)}</span>;
}
