import type { ReactElement } from 'react';
import { DiffLegend, TextDiff } from '../../diff/text-diff.tsx';
import type { ChangedPart } from '../plan-parts.ts';
import styles from './plan-diff.module.css';

interface PlanDiffProps {
  readonly parts: readonly ChangedPart[];
  /** What the two sides are called. */
  readonly theirs: string;
  readonly mine: string;
}

/** Two versions of a plan: every part in which they differ, line by line. */
export function PlanDiff({ parts, theirs, mine }: PlanDiffProps): ReactElement {
  return (
    <>
      <DiffLegend removed={theirs} added={mine} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className={styles['diffs']} aria-label="Differences" tabIndex={0}>
        {parts.map((part) => (
          <div key={part.name} className={styles['part']}>
            <h3 className="skill-name">{part.name}</h3>
            <TextDiff before={part.theirs} after={part.mine} />
          </div>
        ))}
      </section>
    </>
  );
}
