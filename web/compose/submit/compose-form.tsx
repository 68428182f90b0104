import type { ReactElement, KeyboardEvent as ReactKeyboardEvent, SubmitEvent } from 'react';
import { runsOn } from '../../ask/choice.ts';
import { GoalField } from '../../ask/goal/goal-field.tsx';
import { KeyPanel, KeyPanelWaiting } from '../../ask/key/key-panel.tsx';
import { warmModels } from '../../ask/model/model-field.tsx';
import { NO_CAP } from '../../ask/send/cap.ts';
import { SendPanel } from '../../ask/send/send-panel.tsx';
import { part } from '../../chunks/part.tsx';
import { useServerConfig } from '../../config/server-config.ts';
import { HostButton } from '../../hosted/host-button.tsx';
import { isBusy } from '../../run/state/run-state.ts';
import { type RunStore, useRun } from '../../run/state/run-store.ts';
import styles from '../compose.module.css';
import { ConfigProblem } from '../config-problem.tsx';
import { warmReading } from '../session/compose-session.ts';
import type { ComposeFormState } from './use-compose-form.ts';
import { focusField, warmChecks } from './use-submit.ts';

const StoredStart = part(
  () => import('../../hosted/stored-start.tsx'),
  (module) => module.StoredStart,
);

interface ComposeFormProps {
  readonly form: ComposeFormState;
  /** Has the run that is shown: while it goes on the form is locked, and the key's panel tells when its key was turned. */
  readonly store: RunStore;
  /** Fetches the page's part that shows a run. */
  readonly onFocus: () => void;
}

/** The left column: goal, key, cap and button. */
export function ComposeForm({ form, store, onFocus }: ComposeFormProps): ReactElement {
  const { ask, submit, panel, handle } = form;
  const { provider } = ask;
  const { problem } = submit;
  const { data, isError, refetch } = useServerConfig();
  const config = data?.config;
  const busy = useRun(store, ({ status }) => isBusy(status));
  const turnedAt = useRun(store, (run) => run.turnedAt);
  const notices = useRun(store, (run) => run.notices);

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    submit.press('run');
  };
  const warm = (): void => {
    onFocus();
    void warmModels();
    warmReading();
    warmChecks();
  };
  return (
    // With `post` and without field names, a browser that submits the form itself puts nothing into an address.
    <form
      className={styles['ask']}
      method="post"
      autoComplete="off"
      noValidate
      aria-label="Compose"
      onSubmit={onSubmit}
      onKeyDown={submitOnCtrlEnter}
      onFocus={warm}
    >
      <GoalField
        goal={ask.goal}
        onGoal={ask.setGoal}
        locked={busy}
        problem={problem?.field === 'goal' ? problem.message : undefined}
      />
      {config && provider && (
        <KeyPanel
          config={config}
          provider={provider}
          choice={ask.choice}
          onChoice={ask.setChoice}
          busy={busy}
          turnedAt={turnedAt}
          notices={notices}
          handle={handle}
          panel={panel}
          problem={problem}
        />
      )}
      {!config && !isError && <KeyPanelWaiting />}
      {isError && <ConfigProblem onRetry={refetch} />}
      <SendPanel
        ask={ask}
        busy={busy}
        runsOn={runsOn(provider, panel.holds || (busy && turnedAt !== undefined))}
        problem={problem && ['cap', 'provider'].includes(problem.field) ? problem : undefined}
      />
      {config?.hosted && (
        <HostButton
          locked={busy}
          offer={config.hosted}
          providerName={
            config.providers.find(({ id }) => id === config.hosted?.provider)?.name ?? config.hosted.provider
          }
          goal={ask.goal}
          cap={ask.isOwnCap ? ask.cap : NO_CAP}
          onOwnKey={() => focusField('key', 'provider')}
        />
      )}
      {config?.vault && config.me && (
        <StoredStart config={config} locked={busy} goal={ask.goal} cap={ask.isOwnCap ? ask.cap : NO_CAP} />
      )}
    </form>
  );
}

function submitOnCtrlEnter(event: ReactKeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  // Enter belongs to an input method that still converts the text. Safari shows that by the key code alone.
  if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
