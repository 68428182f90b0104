import type { ReactElement } from 'react';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import { formatAge } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './key-panel.module.css';
import { CANNOT_SEAL, canSeal } from './seal-key.ts';
import type { KeyPanelState } from './use-key-panel.ts';

/** What describes the key's field to a screen reader. */
export const KEY_STATUS_ID = 'key-status';

interface KeyStatusProps {
  readonly provider: ProviderInfo;
  readonly state: 'none' | 'empty' | 'held' | 'gone';
  readonly busy: boolean;
  readonly turnedAt: number | undefined;
  readonly notices: readonly string[];
  readonly panel: KeyPanelState;
  /** What kept a press from working, where it was about the key. */
  readonly problem: string | undefined;
  readonly providers: readonly ProviderInfo[];
  readonly onProvider: (id: string) => void;
}

/** One line below the key field, always there, so that nothing moves when it changes. */
export function KeyStatus(props: KeyStatusProps): ReactElement {
  const { state, panel, problem } = props;
  const isWrong = problem !== undefined || (state === 'held' && panel.hint !== undefined);
  const lineState = isWrong ? 'problem' : state;
  return (
    <p
      className={`small ${styles['key-status']}`}
      id={KEY_STATUS_ID}
      data-state={panel.check.state !== 'idle' ? panel.check.state : lineState}
    >
      <Words {...props} />
    </p>
  );
}

function Words(props: KeyStatusProps): ReactElement {
  const { provider, state, busy, turnedAt, notices, panel, problem } = props;
  if (panel.check.state === 'checking') return <>Checking with {provider.name}…</>;
  if (panel.check.message !== undefined) return <>{panel.check.message}</>;
  if (panel.taken && panel.taken.of !== provider.id)
    return <Wrong {...props} message={panel.taken.words} vendors={[panel.taken.of ?? '']} />;
  if (state === 'held' && panel.hint)
    return <Wrong {...props} message={panel.hint.message ?? ''} vendors={panel.hint.vendors ?? []} />;
  if (problem !== undefined) return <span role="alert">{problem}</span>;
  switch (state) {
    case 'none':
      return <>No key needed, and no real model: the sandbox is there to try everything.</>;
    case 'held':
      return (
        <>
          {panel.taken && <span role="status">{panel.taken.words} </span>}
          In this tab only, until you press Plan with my key.
        </>
      );
    case 'gone':
      return (
        <>
          Turned <Age since={turnedAt ?? 0} /> ago. This page no longer has it
          {busy ? '; the server forgets it when the run ends.' : '.'} {notices.join(' ')}
        </>
      );
    case 'empty':
      return <Empty {...props} />;
  }
}

/** Whether a key is needed, where one comes from and how long it stays; and that one can try everything without. */
function Empty({ provider, providers, onProvider }: KeyStatusProps): ReactElement {
  const sandbox = providers.find(({ id }) => id === 'sandbox');
  return (
    <>
      {!canSeal() && CANNOT_SEAL}
      {canSeal() &&
        (provider.key === 'optional' ? 'Leave it empty if this endpoint needs no key' : 'Paste your key')}
      {canSeal() && provider.keysUrl && (
        <>
          , or make one at{' '}
          <a href={provider.keysUrl} target="_blank" rel="noopener noreferrer">
            {new URL(provider.keysUrl).host}
          </a>
        </>
      )}
      {canSeal() &&
        `. ${provider.key === 'optional' ? 'A key' : 'It'} stays in this tab until you press Plan. `}
      {sandbox && (
        <button type="button" className="link" onClick={() => onProvider(sandbox.id)}>
          Try without a key
        </button>
      )}
    </>
  );
}

/** What is wrong with the key in the field; where it is another provider's, that provider is one press away, and the key stays. */
function Wrong({
  message,
  vendors,
  problem,
  providers,
  onProvider,
}: KeyStatusProps & { readonly message: string; readonly vendors: readonly string[] }): ReactElement {
  return (
    <>
      <span role={problem === undefined ? 'status' : 'alert'}>{message}</span>
      {providers
        .filter(({ id }) => vendors.includes(id))
        .map(({ id, name }) => (
          <button
            key={id}
            type="button"
            className={`plain ${styles['switch']}`}
            onClick={() => onProvider(id)}
          >
            Switch to {name}
          </button>
        ))}
    </>
  );
}

function Age({ since }: { readonly since: number }): ReactElement {
  const now = useNow(true, 1000);
  return <span className="num">{formatAge(now - since)}</span>;
}
