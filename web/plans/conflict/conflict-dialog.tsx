import type { ReactElement } from 'react';
import type { EditPlan, SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatAgo } from '../../ui/format.ts';
import { changedParts } from '../plan-parts.ts';
import { PlanDiff } from './plan-diff.tsx';

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
        <PlanDiff parts={parts} theirs="there now" mine="yours" />
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
