import type { CSSProperties, ReactElement } from 'react';
import { PHASES } from '../../shared/contract/phase.ts';
import { phaseInWords } from './state/phase-words.ts';
import './phase-bar.css';
import { currentPhase, isBusy, isOn, type PhaseProgress, type RunState } from './state/run-state.ts';

/** The four phases as one bar; a segment is as long as its phase usually takes. */
export function PhaseBar({ run }: { readonly run: RunState }): ReactElement {
  const busy = isBusy(run.status);
  const now = busy ? currentPhase(run) : undefined;
  return (
    <ol className="phases" data-status={run.status}>
      {PHASES.map((name) => (
        <li
          key={name}
          data-now={name === now || undefined}
          data-on={(busy && isOn(run.phases[name])) || undefined}
          style={progressStyle(run.phases[name])}
        >
          <span>{phaseInWords(name, run.phases[name], busy)}</span>
        </li>
      ))}
    </ol>
  );
}

function progressStyle({ state, done, of }: PhaseProgress): CSSProperties {
  const part = state === 'done' ? 1 : of > 0 ? done / of : 0;
  // as: a custom property, which React's types do not know
  return { '--done': `${Math.round(part * 100)}%` } as CSSProperties;
}
