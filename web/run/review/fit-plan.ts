import { type Plan, type PlanItem, SKILL_NAME } from '../../../shared/contract/plan.ts';
import { freeName } from './plan-edits.ts';

/** A plan that is sent without its user, who may have stopped in the middle of a name: what no server takes is what it was before. */
export function fitPlan(plan: Plan, original: Plan): Plan {
  const known = new Map(original.items.map((item) => [item.id, item]));
  const reused = new Map(
    plan.items.flatMap(({ action, ref, id }) =>
      action === 'reuse' ? [[`${ref?.owner}/${ref?.name}`, id]] : [],
    ),
  );
  const once = plan.items.filter(
    ({ action, ref, id }) => action === 'create' || reused.get(`${ref?.owner}/${ref?.name}`) === id,
  );
  const items: PlanItem[] = once.filter(({ action }) => action === 'reuse');
  for (const item of once) {
    if (item.action === 'reuse') continue;
    const before = known.get(item.id);
    const wanted = SKILL_NAME.test(item.name) ? item.name : (before?.name ?? item.name);
    const name = freeName({ ...plan, items }, wanted);
    const description = item.description.trim() || before?.description || item.outline.join('. ') || name;
    items.push({ ...item, name, description });
  }
  const order = once.map(({ id }) => id);
  items.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  return items.length > 0 ? { ...plan, items } : original;
}
