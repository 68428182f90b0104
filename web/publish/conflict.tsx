import type { ReactElement } from 'react';
import { PlanDiff } from '../plans/conflict/plan-diff.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatAgo } from '../ui/format.ts';
import { changedWork } from './state/changed-work.ts';
import type { WizardTools } from './use-wizard.ts';

interface ConflictProps {
  readonly tools: WizardTools;
  readonly onAgain: () => void;
}

/** Two tabs at one bundle: what mine would change of theirs, and the choice. Nothing is written before it. */
export function Conflict({ tools, onAgain }: ConflictProps): ReactElement | null {
  const { state, store } = tools;
  if (!state.conflict) return null;
  const { current } = state.conflict;
  const stay = (): void => store.resolve('mine');
  if (!current)
    return (
      <Dialog title="This was published or discarded elsewhere" sticky onClose={() => {}}>
        <p>Another tab or device ended this work. What you changed here since is still in this tab.</p>
        <div className="row actions">
          <button
            type="button"
            className="plain strong"
            onClick={() => {
              tools.forget();
              onAgain();
            }}
          >
            Show what is there
          </button>
          <button type="button" className="plain" onClick={stay}>
            Go on with mine
          </button>
        </div>
      </Dialog>
    );
  const parts = changedWork(current.work, state.work);
  return (
    <Dialog title="This was changed elsewhere" wide sticky onClose={() => {}}>
      <p className="small">
        It was saved {formatAgo(Date.now() - Date.parse(current.updatedAt))} in another tab or on another
        device. What you changed here since is in this tab alone.
      </p>
      {parts.length === 0 ? (
        <p>Both are the same.</p>
      ) : (
        <PlanDiff parts={parts} theirs="there now" mine="yours" />
      )}
      <div className="row actions">
        <button type="button" className="plain strong" onClick={stay}>
          Replace with mine
        </button>
        <button type="button" className="plain" onClick={() => store.resolve('theirs')}>
          Keep what is there
        </button>
      </div>
    </Dialog>
  );
}
