/** Takes back one edit of a plan, and leaves what else was changed since. Pure. */
import { MAX_ITEMS, type Plan, type PlanItem } from '../../../shared/contract/plan.ts';

/** Back to about where it was; nothing when it is there. */
export function insertItem(plan: Plan, item: PlanItem, at: number): Plan {
  if (plan.items.some(({ id }) => id === item.id) || plan.items.length >= MAX_ITEMS) return plan;
  return { ...plan, items: plan.items.toSpliced(at, 0, item) };
}

/** Takes back what made one state of an item of another. A field that was changed since then stays as it is now. */
export function undoChange(plan: Plan, before: PlanItem, after: PlanItem): Plan {
  const items = plan.items.map((now): PlanItem => {
    if (now.id !== before.id) return now;
    const isField = (field: string): field is keyof PlanItem => field in before || field in after;
    const fields = Object.keys({ ...before, ...after, ...now }).filter(isField);
    const entries = fields.map((field) => [
      field,
      isSame(now[field], after[field]) ? before[field] : now[field],
    ]);
    // as: every field is one of two items that are whole; what neither has is left out
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as PlanItem;
  });
  return { ...plan, items };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
