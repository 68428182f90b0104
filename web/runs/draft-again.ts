/** What a plan that was edited has to be drafted again for. Pure. */
import type { Intent, Plan, PlanItem } from '../../shared/contract/plan.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';

export interface EditedPlan {
  readonly plan: Plan;
  readonly intent: Intent;
  /** Also the skills that the edit did not change. */
  readonly all: boolean;
}

/**
 * The new skills to write: those that were changed or added, and those that have no draft. An answer to a question is about all of them.
 * None: the plan is only dropped from or put in another order.
 */
export function itemsToDraft(before: SavedPlan, { plan, intent, all }: EditedPlan): readonly PlanItem[] {
  const written = new Set(before.drafts.map(({ item }) => item));
  const known = new Map(before.plan?.items.map((item) => [item.id, asText(item)]));
  const every = all || asText(intent.constraints) !== asText(before.intent?.constraints);
  return plan.items.filter(
    (item) =>
      item.action === 'create' && (every || !written.has(item.id) || known.get(item.id) !== asText(item)),
  );
}

/** An edit of a saved plan for which nothing has to be written: drafts of skills that it dropped go with them. */
export function keptDrafts(
  { drafts, analyses }: SavedPlan,
  { items }: Plan,
): Pick<SavedPlan, 'drafts' | 'analyses'> {
  const ids = new Set(items.flatMap(({ id, action }) => (action === 'create' ? [id] : [])));
  return {
    drafts: drafts.filter(({ item }) => ids.has(item)),
    analyses: analyses.filter(({ item }) => ids.has(item)),
  };
}

/** Fields in one order: an edit puts its own at the end. A list without entries is as good as none. */
function asText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    const entries = Object.entries(part).filter(([, field]) => !(Array.isArray(field) && field.length === 0));
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
