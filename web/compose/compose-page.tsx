import {
  type ReactElement,
  type KeyboardEvent as ReactKeyboardEvent,
  type SubmitEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useSearchParams } from 'wouter';
import { chosenModel, providerHost } from '../ask/choice.ts';
import { GoalField } from '../ask/goal/goal-field.tsx';
import { SecretDoubt } from '../ask/goal/secret-doubt.tsx';
import type { KeyHandle } from '../ask/key/key-field.tsx';
import { KeyPanel, KeyPanelWaiting } from '../ask/key/key-panel.tsx';
import { useKeyPanel } from '../ask/key/use-key-panel.ts';
import { warmModels } from '../ask/model/model-field.tsx';
import { NO_CAP } from '../ask/send/cap.ts';
import { SendPanel } from '../ask/send/send-panel.tsx';
import { useAsk } from '../ask/use-ask.ts';
import { loadChunk } from '../chunks/load-chunk.ts';
import { part } from '../chunks/part.tsx';
import { useServerConfig } from '../config/server-config.ts';
import { HostButton } from '../hosted/host-button.tsx';
import { Announcer } from '../run/announcer.tsx';
import { isBusy, titleOf } from '../run/state/run-state.ts';
import { useRun } from '../run/state/run-store.ts';
import { useCancelShortcut } from '../run/use-cancel-shortcut.ts';
import styles from './compose.module.css';
import { ConfigProblem } from './config-problem.tsx';
import { EmptyState } from './empty-state.tsx';
import { useShelf } from './kept/run-shelf.ts';
import { warmReading } from './session/compose-session.ts';
import type { Compose } from './session/open-compose.ts';
import { FIELD_IDS, useSubmit, warmChecks } from './submit/use-submit.ts';

/** A chunk of its own: nobody needs it before the first run, and it is there long before a goal is typed. */
const RunView = part(
  () => import('./run/run-view.tsx'),
  (module) => module.RunView,
  {
    // The run's frame is there at the click, also where the chunk is not.
    waiting: ({ run }) => (
      <div className="sheet pad">
        <h1 dir="auto">{titleOf(run)}</h1>
      </div>
    ),
  },
);

const OpenedPlan = part(
  () => import('./opened-plan.ts'),
  (module) => module.OpenedPlan,
);

const SampleView = part(
  () => import('../samples/sample-view.tsx'),
  (module) => module.SampleView,
);

const EarlierRuns = part(
  () => import('./kept/earlier-runs.tsx'),
  (module) => module.EarlierRuns,
);

export function ComposePage({ compose }: { readonly compose: Compose }): ReactElement {
  const { store, shelf, session, currentConfig } = compose;
  const { data, isError, refetch } = useServerConfig();
  const config = data?.config;
  const run = useRun(store, (state) => state);
  const earlier = useShelf(shelf);
  const busy = isBusy(run.status);
  const ask = useAsk(config);
  const { provider, choice } = ask;
  const handle = useRef<KeyHandle>(null);
  const submit = useSubmit(compose, ask, handle);

  const runCheck = useCallback(async () => {
    if (!provider || !handle.current) return { state: 'idle' as const };
    const site = provider.site ? choice.sites[provider.id] : undefined;
    const { checkKey } = await loadChunk(() => import('../ask/key/check-key.ts'));
    return checkKey({
      provider,
      model: chosenModel(provider, choice),
      site,
      peek: handle.current.peek,
      currentConfig,
    });
  }, [provider, choice, currentConfig]);
  const panel = useKeyPanel(handle, provider, runCheck);
  const { press } = submit;
  const [sampled, setSampled] = useState(false);
  const onRework = useCallback((item: string, note: string) => press({ item, note }), [press]);
  const [params] = useSearchParams();
  useCancelShortcut(busy, session.cancel);

  const { clearProblem } = submit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was wrong is told until anything of the ask changes
  useEffect(clearProblem, [ask.goal, ask.choice, ask.cap, panel.typed, clearProblem]);

  const site = provider ? (choice.sites[provider.id] ?? '') : '';
  const takeSample = (goal: string): void => {
    ask.setGoal(goal);
    setSampled(false);
    document.getElementById(FIELD_IDS.goal)?.focus();
  };
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    submit.press('run');
  };

  return (
    <div className={styles['compose']} data-busy={busy || undefined}>
      <p className={`soft ${styles['lead']}`}>
        One goal in, a bundle of agent skills out, on your own key for one run.{' '}
        <button type="button" className="link" onClick={() => setSampled(true)}>
          See a sample result
        </button>
      </p>
      {/* With `post` and without field names, a browser that submits the form itself puts nothing into an address. */}
      <form
        className={styles['ask']}
        method="post"
        autoComplete="off"
        noValidate
        aria-label="Compose"
        onSubmit={onSubmit}
        onKeyDown={submitOnCtrlEnter}
        onFocus={() => {
          void RunView.warm();
          void warmModels();
          warmReading();
          warmChecks();
        }}
      >
        <GoalField
          goal={ask.goal}
          onGoal={ask.setGoal}
          locked={busy}
          problem={submit.problem?.field === 'goal' ? submit.problem.message : undefined}
        />
        {config && provider && (
          <KeyPanel
            config={config}
            provider={provider}
            choice={choice}
            onChoice={ask.setChoice}
            busy={busy}
            turnedAt={run.turnedAt}
            notices={run.notices}
            handle={handle}
            panel={panel}
            problem={submit.problem}
          />
        )}
        {!config && !isError && <KeyPanelWaiting />}
        {isError && <ConfigProblem onRetry={() => void refetch()} />}
        <SendPanel
          ask={ask}
          busy={busy}
          keyed={provider?.key !== 'none'}
          problem={
            submit.problem && ['cap', 'provider'].includes(submit.problem.field) ? submit.problem : undefined
          }
        />
        {config?.hosted && (
          <HostButton
            locked={busy}
            offer={config.hosted}
            providerName={
              config.providers.find(({ id }) => id === config.hosted?.provider)?.name ??
              config.hosted.provider
            }
            goal={ask.goal}
            cap={ask.isOwnCap ? ask.cap : NO_CAP}
            onOwnKey={() =>
              (document.getElementById(FIELD_IDS.key) ?? document.getElementById(FIELD_IDS.provider))?.focus()
            }
          />
        )}
      </form>
      <section className={styles['answer']} id="answer" aria-label="Run" tabIndex={-1}>
        {run.status === 'idle' && sampled && (
          <SampleView goal={ask.goal} onGoal={takeSample} onClose={() => setSampled(false)} />
        )}
        {run.status === 'idle' && !sampled && (
          <EmptyState
            host={provider ? providerHost(provider, site) : ''}
            keyed={provider?.key !== 'none'}
            onSamples={() => setSampled(true)}
          />
        )}
        {run.status !== 'idle' && (
          <RunView
            run={run}
            compose={compose}
            onCancel={session.cancel}
            onRework={onRework}
            actions={{
              onField: (field) => document.getElementById(FIELD_IDS[field])?.focus(),
              onRedo: () => submit.press('redo'),
              onAgain: () => submit.press('run'),
            }}
          />
        )}
        {earlier.length > 0 && <EarlierRuns compose={compose} />}
      </section>
      {submit.doubt && <SecretDoubt onAnswer={submit.answerDoubt} />}
      {params.has('plan') && <OpenedPlan store={store} ask={ask} config={config} />}
      <Announcer run={run} />
    </div>
  );
}

function submitOnCtrlEnter(event: ReactKeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  // Enter belongs to an input method that still converts the text. Safari shows that by the key code alone.
  if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}
