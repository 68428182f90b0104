import type { Failure } from '../../contract/failure.ts';
import type { Intent, Plan, PlanItem } from '../../contract/plan.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import { hasTwins } from '../known-work.ts';
import { oneLine } from '../one-line.ts';

/** The plan in its final form, or an `invalid_field` failure whose message names the problem. */
export type Accepted =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly failure: Failure };

/** Brings a plan that the user edited into the form of one that the engine made, or says in a sentence what has to be changed first. */
export function acceptPlan(edited: Plan, intent: Intent, catalog: readonly PublishedSkill[]): Accepted {
  const problem = problemOf(edited, catalog);
  if (problem) return refused(problem);

  const known = new Set(intent.capabilities.map(({ id }) => id));
  const covered = new Set<string>();
  const items = edited.items.map((item) => {
    // A capability that two items name belongs to the first.
    const covers = item.covers.filter((id) => known.has(id) && !covered.has(id));
    for (const id of covers) covered.add(id);
    return { ...(item.action === 'reuse' ? reused(item, catalog) : item), covers: [...new Set(covers)] };
  });
  // A reused skill has the name that it is published under, whatever was sent back.
  const twins = twinProblem(items);
  if (twins) return refused(twins);
  const reasons = new Map(edited.uncovered.map(({ capability, reason }) => [capability, reason]));
  const uncovered = intent.capabilities
    .filter(({ id }) => !covered.has(id))
    .map(({ id, need }) => ({ capability: id, need, reason: reasons.get(id) || 'Left out by you.' }));
  return { ok: true, plan: { title: oneLine(edited.title, 120), items, uncovered } };
}

function problemOf({ items }: Plan, catalog: readonly PublishedSkill[]): string | undefined {
  if (items.length === 0) return 'The plan has no skill. Keep or add one.';
  if (new Set(items.map(({ id }) => id)).size < items.length)
    return 'Two items of the plan have the same id.';
  for (const item of items) {
    if (item.action === 'create' && item.description.trim() === '')
      return `${item.name} has no description. Say what it does and when to use it.`;
    if (hasTwins(item.files ?? [])) return `Two files of ${item.name} have the same path. Rename one.`;
    if (item.action === 'reuse' && !published(item, catalog))
      return `${item.name} is not published here. Have it written, or choose one that is.`;
  }
  return undefined;
}

function twinProblem(items: readonly PlanItem[]): string | undefined {
  const names = items.map(({ name }) => name);
  const twin = items.find(({ name }, at) => names.indexOf(name) !== at);
  if (!twin) return undefined;
  const canRename = items.some(({ name, action }) => name === twin.name && action === 'create');
  return canRename
    ? `Two skills are called ${twin.name}. Rename one.`
    : `The plan reuses ${twin.name} twice. Drop one, or merge them.`;
}

function published({ ref }: PlanItem, catalog: readonly PublishedSkill[]): PublishedSkill | undefined {
  return catalog.find(({ owner, name }) => owner === ref?.owner && name === ref.name);
}

function refused(message: string): Accepted {
  return { ok: false, failure: { code: 'invalid_field', field: 'plan', message } };
}

/** Name, version and description are the catalogue's, whatever was sent back. */
function reused(item: PlanItem, catalog: readonly PublishedSkill[]): PlanItem {
  const found = published(item, catalog);
  if (!found) return item;
  const { owner, name, version, description } = found;
  const { files: _own, ...kept } = item;
  return { ...kept, name, description, outline: [], allowedTools: [], ref: { owner, name, version } };
}
