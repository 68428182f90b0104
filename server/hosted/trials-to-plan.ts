import type { Transaction } from 'kysely';
import type { TrialRequest } from '../../shared/contract/evals.ts';
import type { EditPlan, SavedPlan } from '../../shared/contract/saved-plan.ts';
import { addUsage, type Usage } from '../../shared/contract/usage.ts';
import { editPlan, type PlanOwner, readPlan } from '../plans/plan-store.ts';
import type { Database } from '../storage/database.ts';
import { storable } from './job-to-plan.ts';
import type { Tried } from './recorded-work.ts';

/**
 * Keeps in the plan what came of trying its drafts, also when it was changed meanwhile: each trial says by a digest which text it is about.
 * Undefined: the plan was deleted; what came stays in the run's events.
 */
export async function keepTrials(
  trx: Transaction<Database>,
  owner: PlanOwner,
  { planId, tried, usage }: { readonly planId: string; readonly tried: Tried; readonly usage: Usage },
): Promise<string | undefined> {
  let base = await readPlan(trx, owner, planId);
  while (base) {
    const edited = await editPlan(trx, owner, {
      ...{ id: planId, rev: base.rev },
      changes: { ...triedOver(base, tried), usage: addUsage(base.usage, usage) },
    });
    // Somebody was first between the reading and the row's lock, which is held by now: the next turn is the last.
    base = edited.kind === 'conflict' ? edited.current : undefined;
    if (edited.kind === 'edited') return edited.plan.id;
  }
  return undefined;
}

/** What was not tried now stays. What belongs to a skill that the plan has no more goes. */
function triedOver(base: SavedPlan, { evals, trials }: Tried): EditPlan {
  const ids = new Set(base.drafts.map(({ item }) => item));
  const over = <T extends { readonly item: string }>(before: readonly T[] = [], made: readonly T[]): T[] => {
    const byItem = new Map([...before, ...made].map((one) => [one.item, one]));
    // as: the same shape, with other text
    return storable([...byItem.values()].filter(({ item }) => ids.has(item))) as T[];
  };
  return { evals: over(base.evals, evals), trials: over(base.trials, trials) };
}

/** Evals that an earlier attempt wrote are paid for, and not asked again. */
export function withWrittenEvals(trial: TrialRequest, { evals }: Tried): TrialRequest {
  const written = new Map(evals.map((one) => [one.item, one]));
  const items = trial.items.map((item) => {
    const known = item.evals ?? written.get(item.id);
    return known ? { ...item, evals: known } : item;
  });
  return { ...trial, items };
}
