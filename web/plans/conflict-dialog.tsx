import type { ReactElement } from 'react';
import type { EditPlan, SavedPlan } from '../../shared/contract/saved-plan.ts';
import { Visible } from '../markdown/inline.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatAgo, plural } from '../ui/format.ts';
import styles from './conflict.module.css';
import { diffLines, foldSame } from './line-diff.ts';
import { type ChangedPart, changedParts } from './plan-parts.ts';

export interface ConflictDialogProps {
  /** The plan as it is now, by another tab or device. */
  readonly current: SavedPlan;
  readonly edit: EditPlan;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
  /** Keeps both, where that makes sense. */
  readonly onCopy?: () => void;
  readonly onClose: () => void;
}

/** Two edits of one plan: what "mine" would change of "theirs", and the choice. Nothing is written before it. */
export function ConflictDialog({
  current,
  edit,
  onMine,
  onTheirs,
  onCopy,
  onClose,
}: ConflictDialogProps): ReactElement {
  // as: JSON has no undefined, so that what stands in the edit replaces what stands in the plan
  const parts = changedParts(current, { ...current, ...(edit as Partial<SavedPlan>) });
  return (
    <Dialog title="This plan was changed elsewhere" wide sticky onClose={onClose}>
      <p className="small">
        It was saved {formatAgo(Date.now() - Date.parse(current.updatedAt))} in another tab or on another
        device. Nothing of yours was written yet.
      </p>
      {parts.length === 0 ? (
        <p>Both versions are the same.</p>
      ) : (
        <>
          <p className={`small soft ${styles['diff-key']}`}>
            <span data-kind="removed">− there now</span>
            <span data-kind="added">+ yours</span>
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
          <section className={styles['diffs']} aria-label="Differences" tabIndex={0}>
            {parts.map((part) => (
              <PartDiff key={part.name} part={part} />
            ))}
          </section>
        </>
      )}
      <div className="row actions">
        <button type="button" className="plain strong" onClick={onMine}>
          Replace with mine
        </button>
        <button type="button" className="plain" onClick={onTheirs}>
          Keep what is there
        </button>
        {onCopy && (
          <button type="button" className="plain" onClick={onCopy}>
            Save mine as a new plan
          </button>
        )}
      </div>
    </Dialog>
  );
}

const SIGNS = { same: ' ', added: '+', removed: '−' };

function PartDiff({ part }: { readonly part: ChangedPart }): ReactElement {
  const hunks = foldSame(diffLines(part.theirs, part.mine));
  return (
    <div className={styles['diff']}>
      <h3 className="skill-name">{part.name}</h3>
      <ol>
        {hunks.map((hunk, at) =>
          'skipped' in hunk ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text are told by their place
            <li key={at} className={styles['skipped']}>
              {plural(hunk.skipped, 'line')} alike
            </li>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text are told by their place
            <li key={at} data-kind={hunk.kind}>
              <span>{SIGNS[hunk.kind]}</span>
              <span className="hidden">{hunk.kind === 'same' ? '' : `${hunk.kind}: `}</span>
              <Visible text={hunk.text} />
            </li>
          ),
        )}
      </ol>
    </div>
  );
}
