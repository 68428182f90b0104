import type { ReactElement } from 'react';
import { providerHost } from '../ask/choice.ts';
import { part } from '../chunks/part.tsx';
import { titleOf } from '../run/state/run-state.ts';
import { useRun } from '../run/state/run-store.ts';
import styles from './compose.module.css';
import { EmptyState } from './empty-state.tsx';
import { useShelf } from './kept/run-shelf.ts';
import type { Compose } from './session/open-compose.ts';
import type { ComposeFormState } from './submit/use-compose-form.ts';
import { focusField } from './submit/use-submit.ts';

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

const SampleView = part(
  () => import('../samples/sample-view.tsx'),
  (module) => module.SampleView,
);

const EarlierRuns = part(
  () => import('./kept/earlier-runs.tsx'),
  (module) => module.EarlierRuns,
);

/** Fetches the part that shows a run, so that the first press does not wait for it. */
export function warmRunView(): void {
  void RunView.warm();
}

interface AnswerProps {
  readonly compose: Compose;
  readonly form: ComposeFormState;
  /** Sample results are shown in place of the first words, until a run is there. */
  readonly sampled: boolean;
  readonly onSampled: (sampled: boolean) => void;
}

/** The right column: what the page is for, a sample, or the run; below it the runs before. */
export function Answer({ compose, form, sampled, onSampled }: AnswerProps): ReactElement {
  const { store, session, shelf } = compose;
  const run = useRun(store, (state) => state);
  const { ask, submit } = form;
  const { press } = submit;
  const { provider } = ask;
  const earlier = useShelf(shelf);
  const takeSample = (goal: string): void => {
    ask.setGoal(goal);
    onSampled(false);
    focusField('goal');
  };
  return (
    <section className={styles['answer']} id="answer" aria-label="Run" tabIndex={-1}>
      {run.status === 'idle' && sampled && (
        <SampleView goal={ask.goal} onGoal={takeSample} onClose={() => onSampled(false)} />
      )}
      {run.status === 'idle' && !sampled && (
        <EmptyState
          host={provider ? providerHost(provider, ask.choice.sites[provider.id] ?? '') : ''}
          keyed={provider?.key !== 'none'}
          onSamples={() => onSampled(true)}
        />
      )}
      {run.status !== 'idle' && (
        <RunView
          run={run}
          compose={compose}
          onCancel={session.cancel}
          ask={ask}
          press={press}
          actions={{
            onField: (field) => focusField(field),
            onRedo: () => press('redo'),
            onAgain: () => press('run'),
          }}
        />
      )}
      {earlier.length > 0 && <EarlierRuns compose={compose} />}
    </section>
  );
}
