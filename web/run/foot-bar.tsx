import type { ReactElement } from 'react';
import styles from './foot-bar.module.css';
import { PhaseBar } from './phase-bar.tsx';
import { Numbers } from './run-head.tsx';
import { phaseInWords } from './state/phase-words.ts';
import { currentPhase, type RunState } from './state/run-state.ts';

/** On a phone progress and Cancel stay at the bottom edge while a run lasts. */
export function FootBar({
  run,
  onCancel,
}: {
  readonly run: RunState;
  readonly onCancel: () => void;
}): ReactElement {
  return (
    <section className={styles['foot-bar']} aria-label="Progress">
      <div>
        <PhaseBar run={run} bare />
        <p className="row small num">
          <b>{stateInWords(run)}</b>
          <Numbers run={run} short />
        </p>
      </div>
      <button type="button" className="plain stop" onClick={onCancel}>
        Cancel
      </button>
    </section>
  );
}

function stateInWords(run: RunState): string {
  if (run.review) return 'The plan waits for you';
  const phase = currentPhase(run);
  return phase ? phaseInWords(phase, run) : 'Starting';
}
