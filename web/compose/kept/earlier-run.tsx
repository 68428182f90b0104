import type { ReactElement } from 'react';
import { type RunState, titleOf } from '../../run/state/run-state.ts';
import { formatAge, formatUsd, plural } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import styles from './earlier-runs.module.css';

interface EarlierRunProps {
  readonly run: RunState;
  readonly locked: boolean;
  /** It is there after a reload too. */
  readonly stored: boolean;
  readonly onOpen: () => void;
  /** Absent where there is nothing to compare it with. */
  readonly onCompare: (() => void) | undefined;
  readonly onDelete: () => void;
}

export function EarlierRun({
  run,
  locked,
  stored,
  onOpen,
  onCompare,
  onDelete,
}: EarlierRunProps): ReactElement {
  const now = useNow(true, 30_000);
  const title = titleOf(run);
  const written = Object.values(run.drafts).filter(({ draft }) => draft).length;
  return (
    <li className={styles['earlier']}>
      <div>
        <h3 dir="auto">{title}</h3>
        <p className="row small soft num">
          {run.status !== 'done' && <span className="tag warn">{END_WORDS[run.status]}</span>}
          {!stored && <span className="tag warn">gone with a reload</span>}
          <span>{plural(written, 'draft')}</span>
          <span>{run.asked?.model}</span>
          {run.usage && <span>{formatUsd(run.usage.costUsd)}</span>}
          <span>{formatAge(now - run.startedAt)} ago</span>
        </p>
      </div>
      <span className={`row actions ${styles['earlier-actions']}`}>
        <button
          type="button"
          className="plain"
          disabled={locked}
          aria-label={`Open the run ${title}`}
          onClick={onOpen}
        >
          Open
        </button>
        {onCompare && (
          <button type="button" className="plain" aria-label={`Compare with ${title}`} onClick={onCompare}>
            Compare
          </button>
        )}
        <button type="button" className="plain" aria-label={`Delete the run ${title}`} onClick={onDelete}>
          Delete
        </button>
      </span>
    </li>
  );
}

const END_WORDS: Partial<Record<RunState['status'], string>> = {
  failed: 'failed',
  cancelled: 'cancelled',
  cut: 'broken off',
};
