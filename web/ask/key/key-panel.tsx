import type { ReactElement, RefObject } from 'react';
import type { ProviderInfo, ServerConfig } from '../../../shared/contract/server-config.ts';
import { KeyLink } from '../../key/key-link.tsx';
import { KeyIcon } from '../../ui/icons.tsx';
import { SaidFold } from '../../ui/said-fold.tsx';
import { type Choice, providerHost } from '../choice.ts';
import type { Problem } from '../use-ask.ts';
import { BrassPanel } from './brass-panel.tsx';
import type { KeyHandle } from './key-field.tsx';
import styles from './key-panel.module.css';
import { KeyRow } from './key-row.tsx';
import { KeyStatus } from './key-status.tsx';
import { ProviderFields } from './provider-fields.tsx';
import type { KeyPanelState } from './use-key-panel.ts';
import { WhoSees } from './who-sees.tsx';

interface KeyPanelProps {
  readonly config: ServerConfig;
  readonly provider: ProviderInfo;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
  readonly busy: boolean;
  readonly turnedAt: number | undefined;
  readonly notices: readonly string[];
  readonly handle: RefObject<KeyHandle | null>;
  readonly panel: KeyPanelState;
  readonly problem: Problem | undefined;
}

/** Provider, model and key. Brass fills the panel while the field holds a key, and drains when it is turned. */
export function KeyPanel(props: KeyPanelProps): ReactElement {
  const { config, provider, choice, onChoice, busy, turnedAt, notices, handle, panel, problem } = props;
  const takesKey = provider.key !== 'none';
  const state = panel.holds ? 'held' : turnedAt !== undefined && takesKey ? 'gone' : 'empty';
  const keyProblem = problem?.field === 'key' ? problem.message : undefined;

  return (
    <BrassPanel state={takesKey ? state : 'none'} labelledBy="key-title">
      <div className="row titled">
        <KeyIcon size={17} />
        <h2 id="key-title">Your key</h2>
        <KeyLink />
      </div>
      <ProviderFields
        config={config}
        provider={provider}
        choice={choice}
        onChoice={onChoice}
        busy={busy}
        allowed={panel.check.models}
        problem={problem}
      />
      {takesKey && (
        <KeyRow
          provider={provider}
          state={state}
          busy={busy}
          handle={handle}
          panel={panel}
          providers={config.providers}
          refused={keyProblem !== undefined}
        />
      )}
      <KeyStatus
        provider={provider}
        state={takesKey ? state : 'none'}
        busy={busy}
        turnedAt={turnedAt}
        notices={notices}
        panel={panel}
        problem={keyProblem}
        providers={config.providers}
        onProvider={(id) => onChoice({ ...choice, provider: id })}
      />
      <SaidFold said={panel.check.said === undefined ? [] : [panel.check.said]} />
      <WhoSees
        provider={provider}
        host={providerHost(provider, choice.sites[provider.id] ?? '')}
        me={config.me}
      />
    </BrassPanel>
  );
}

/** Keeps the panel's place while the providers are asked for. */
export function KeyPanelWaiting(): ReactElement {
  return <div className={`sheet ${styles['waiting']}`} />;
}
