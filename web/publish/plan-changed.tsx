import { type ReactElement, useState } from 'react';
import type { PublishWork } from '../../shared/contract/publish-draft.ts';
import { PlanDiff } from '../plans/conflict/plan-diff.tsx';
import type { ChangedPart } from '../plans/plan-parts.ts';
import { Dialog } from '../ui/dialog.tsx';
import styles from './publish.module.css';
import { changedWork } from './state/changed-work.ts';
import { withPlanTexts } from './state/new-work.ts';
import type { WizardTools } from './use-wizard.ts';

/** The plan was changed after its texts were taken: they are two now, and somebody has to say which goes out. */
export function PlanChanged({ tools }: { readonly tools: WizardTools }): ReactElement | null {
  const [open, setOpen] = useState(false);
  const { plan, work, store } = tools;
  if (work.planRev >= plan.rev) return null;
  const theirs = withPlanTexts(work, plan);
  const parts = changedWork(theirs, work);
  if (parts.length === 0) return null;
  const choose = (next: PublishWork): void => {
    setOpen(false);
    store.change(next);
  };
  return (
    <div className={`sheet ${styles['notice']}`} role="status">
      <p>The plan was changed since you began. Your texts here are as they were.</p>
      <button type="button" className="plain" onClick={() => setOpen(true)}>
        Compare
      </button>
      {open && (
        <Choice
          parts={parts}
          onPlan={() => choose(theirs)}
          onMine={() => choose({ ...work, planRev: plan.rev })}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly parts: readonly ChangedPart[];
  readonly onPlan: () => void;
  readonly onMine: () => void;
  readonly onClose: () => void;
}

function Choice({ parts, onPlan, onMine, onClose }: ChoiceProps): ReactElement {
  return (
    <Dialog title="The plan and your texts here differ" wide onClose={onClose}>
      <PlanDiff parts={parts} theirs="in the plan" mine="here" />
      <div className="row actions">
        <button type="button" className="plain strong" onClick={onMine}>
          Keep mine
        </button>
        <button type="button" className="plain" onClick={onPlan}>
          Take the plan’s texts
        </button>
      </div>
    </Dialog>
  );
}
