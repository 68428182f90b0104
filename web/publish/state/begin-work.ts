import type { PublishState } from '../../../shared/contract/publish-draft.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import type { KeptWork } from './kept-work.ts';
import { newWork } from './new-work.ts';
import type { WorkStoreParts } from './work-store.ts';

export type Beginning = Pick<WorkStoreParts, 'start' | 'rev' | 'isDirty' | 'conflict'>;

/** What the tab kept, what the server has, or all anew. Where tab and server went apart, both are kept and somebody is asked. */
export function beginWork(
  plan: SavedPlan,
  { draft, published }: PublishState,
  kept: KeptWork | undefined,
): Beginning {
  if (!kept) {
    if (draft) return { start: draft.work, rev: draft.rev, isDirty: false };
    return { start: newWork(plan, published), rev: null, isDirty: false };
  }
  const isSame = kept.rev === (draft?.rev ?? null);
  if (isSame) return { start: kept.work, rev: kept.rev, isDirty: true };
  // the answer to a save got lost, and the save did not
  if (draft && JSON.stringify(draft.work) === JSON.stringify(kept.work))
    return { start: draft.work, rev: draft.rev, isDirty: false };
  return { start: kept.work, rev: kept.rev, isDirty: true, conflict: { current: draft } };
}
