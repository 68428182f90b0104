import type { SavedPlan, SavePlan } from '../../shared/contract/saved-plan.ts';
import { failureOf } from '../http/call.ts';
import type { SavedAs } from '../run/state/run-state.ts';
import { patchPlan, postPlan } from './plans-api.ts';

export type SaveResult =
  | { readonly kind: 'saved'; readonly id: string; readonly rev: number }
  | { readonly kind: 'conflict'; readonly current: SavedPlan };

/** Saves a run's plan: anew, or, where it has a place in the account already, there. One that was deleted meanwhile is saved anew. */
export async function saveRun(
  plan: SavePlan,
  saved: Pick<SavedAs, 'id' | 'rev'> | undefined,
  saveId: string,
): Promise<SaveResult> {
  if (saved) {
    try {
      const edited = await patchPlan(saved.id, saved.rev, contentOf(plan));
      return edited.kind === 'conflict'
        ? edited
        : { kind: 'saved', id: edited.plan.id, rev: edited.plan.rev };
    } catch (error) {
      if (failureOf(error).code !== 'not_found') throw error;
    }
  }
  const { id, rev } = await postPlan(plan, saveId);
  return { kind: 'saved', id, rev };
}

/** What an edit may change: the goal and where it came from stay. */
export function contentOf({ intent, plan, drafts, analyses, usage, outcome, evals, trials }: SavePlan) {
  return { intent, plan, drafts, analyses, usage, outcome, evals, trials };
}
