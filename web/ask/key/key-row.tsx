import type { ReactElement, RefObject } from 'react';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import { KeyField, type KeyHandle } from './key-field.tsx';
import { KEY_STATUS_ID } from './key-status.tsx';
import type { KeyPanelState } from './use-key-panel.ts';

export const KEY_ID = 'provider-key';

interface KeyRowProps {
  readonly provider: ProviderInfo;
  /** Whether the field holds a key, or a run took it out. */
  readonly state: 'empty' | 'held' | 'gone';
  readonly busy: boolean;
  readonly handle: RefObject<KeyHandle | null>;
  readonly panel: KeyPanelState;
  readonly providers: readonly ProviderInfo[];
  /** A press found something wrong with the key. */
  readonly refused: boolean;
}

/** The key's field with its label, and the button that asks the provider whether the key works. */
export function KeyRow(props: KeyRowProps): ReactElement {
  const { provider, state, busy, handle, panel, refused, providers } = props;
  const isOptional = provider.key === 'optional';
  const canCheck = (state === 'held' || isOptional) && panel.check.state !== 'checking';
  return (
    <div className="field">
      <span className="row label">
        <label htmlFor={KEY_ID}>{isOptional ? 'Key (may stay empty)' : 'Key'}</label>
        <button type="button" className="link aside" disabled={!canCheck} onClick={panel.onCheck}>
          {isOptional && state !== 'held' ? 'Check' : 'Check my key'}
        </button>
      </span>
      <KeyField
        id={KEY_ID}
        handle={handle}
        disabled={busy}
        describedBy={KEY_STATUS_ID}
        wrong={(state === 'held' && panel.hint !== undefined) || refused}
        placeholder={state === 'gone' ? '' : provider.keyHint}
        onFocus={panel.onFocus}
        onHolds={panel.onHolds}
        providers={[provider, ...providers.filter(({ id, key }) => id !== provider.id && key !== 'none')]}
        onTaken={panel.onTaken}
      />
    </div>
  );
}
