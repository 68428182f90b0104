import type { CSSProperties, ReactElement } from 'react';
import { PHASES } from '../../shared/contract/phase.ts';
import styles from './phase-bar.module.css';
import { phasePart } from './state/phase-part.ts';
import { phaseInWords } from './state/phase-words.ts';
import { currentPhase, isBusy, isOn, type RunState } from './state/run-state.ts';

interface PhaseBarProps {
  readonly run: RunState;
  /** Without the words below its segments. */
  readonly bare?: boolean;
}

/** The four phases as one bar; a segment is as long as its phase usually takes. */
export function PhaseBar({ run, bare }: PhaseBarProps): ReactElement {
  const busy = isBusy(run.status);
  const now = busy ? currentPhase(run) : undefined;
  return (
    <ol className={styles['phases']} data-status={run.status} data-bare={bare || undefined}>
      {PHASES.map((name) => (
        <li
          key={name}
          data-now={name === now || undefined}
          data-on={(busy && isOn(run.phases[name])) || undefined}
          style={progressStyle(phasePart(run, name))}
        >
          <span>{phaseInWords(name, run)}</span>
        </li>
      ))}
    </ol>
  );
}

function progressStyle(part: number): CSSProperties {
  // as: a custom property, which React's types do not know
  return { '--done': `${Math.round(part * 100)}%` } as CSSProperties;
}
