import type { ReactElement } from 'react';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import { DraftList } from '../run/draft/draft-list.tsx';
import { DraftToolsRegion } from '../run/draft/draft-tools.ts';
import { TryRegion } from '../run/draft/try/try-tools.ts';
import { PlanView } from '../run/plan-view.tsx';
import type { RunState } from '../run/state/run-state.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { OfferedDraft } from './offered-draft.tsx';
import { PlanRedraft } from './plan-redraft.tsx';
import type { RunPlan } from './use-run-plan.ts';

interface RunResultProps {
  readonly record: HostedRun;
  readonly watched: { readonly store: RunStore; readonly run: RunState; readonly busy: boolean };
  readonly result: RunPlan;
  /** The plan is being changed. */
  readonly editing: boolean;
  readonly onClose: () => void;
}

/** What a run on this server made: its plan and drafts, which can be changed and drafted again once it is over. */
export function RunResult({ record, watched, result, editing, onClose }: RunResultProps): ReactElement {
  const { store, run, busy } = watched;
  const { saved, shown, tools, tries } = result;
  const { forPlan, planId } = record;
  return (
    <>
      {!busy && forPlan && planId !== null && planId !== forPlan.id && (
        <p className="sheet pad small" role="note">
          The plan was changed or deleted meanwhile, so this became a plan of its own.
        </p>
      )}
      {!busy && saved && tools && <OfferedDraft {...{ record, run, saved, tools }} />}
      {editing && !busy && saved?.plan && saved.intent ? (
        <PlanRedraft key={saved.rev} {...{ saved, onClose }} plan={saved.plan} intent={saved.intent} />
      ) : (
        (shown.plan ?? shown.intent) && (
          <PlanView plan={shown.plan} intent={shown.intent} planned={run.planned} />
        )
      )}
      {shown.plan && (
        <DraftToolsRegion value={busy ? undefined : tools}>
          <TryRegion value={tries}>
            <DraftList store={store} plan={shown.plan} drafts={shown.drafts} calls={run.calls} busy={busy} />
          </TryRegion>
        </DraftToolsRegion>
      )}
    </>
  );
}
