import type { CSSProperties, ReactElement } from 'react';
import type { Analysis, Scores } from '../../../shared/contract/plan.ts';
import styles from './draft-tile.module.css';

const NAMES: readonly (readonly [keyof Scores, string])[] = [
  ['specificity', 'Specific'],
  ['completeness', 'Complete'],
  ['safety', 'Safe'],
  ['goalAlignment', 'On goal'],
];

/** The critic's four scores as short bars; the places are there before the scores are. */
export function ScoreBars({
  analysis,
  expected,
}: {
  readonly analysis: Analysis | undefined;
  readonly expected: boolean;
}): ReactElement {
  const scores = analysis?.scores;
  if (!scores && (analysis || !expected)) {
    return (
      <p className={`small soft ${styles['scores']}`}>
        {analysis ? 'The critic gave no scores; the rules were checked.' : 'Not analyzed.'}
      </p>
    );
  }
  return (
    <ul className={`num ${styles['scores']}`} aria-label="Critic's scores, of 10">
      {NAMES.map(([name, label]) => {
        const value = scores?.[name];
        return (
          <li
            key={name}
            data-low={(value !== undefined && value < 7) || undefined}
            style={{ '--value': `${(value ?? 0) * 10}%` } as CSSProperties /* as: a custom property */}
          >
            {label} <b>{value ?? '–'}</b>
          </li>
        );
      })}
    </ul>
  );
}
