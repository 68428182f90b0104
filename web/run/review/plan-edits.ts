/** What a person does to a plan before it is drafted. Pure: a plan in, a plan out; an edit that is not possible gives the same plan. */
import { plannedFiles } from '../../../shared/compose/plan/planned-files.ts';
import { MAX_ITEMS, type Plan, type PlanItem, type PlannedFile } from '../../../shared/contract/plan.ts';
import type { ReviewEvent } from '../../../shared/contract/review.ts';

export type Offer = NonNullable<ReviewEvent['offers']>[number];

const MAX_DESCRIPTION = 1024;
const MAX_LINES = 16;
const MAX_NAME = 64;

/** Letters that a name can have, as they are typed: blanks become hyphens. */
export function toName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-')
    .replaceAll(/[^a-z0-9-]/g, '')
    .replaceAll(/-{2,}/g, '-')
    .slice(0, MAX_NAME);
}

export function changeItem(plan: Plan, id: string, change: Partial<PlanItem>): Plan {
  return { ...plan, items: plan.items.map((item) => (item.id === id ? { ...item, ...change } : item)) };
}

export function dropItem(plan: Plan, id: string): Plan {
  return { ...plan, items: plan.items.filter((item) => item.id !== id) };
}

export function moveItem(plan: Plan, id: string, by: -1 | 1): Plan {
  const at = plan.items.findIndex((item) => item.id === id);
  const [item, other] = [plan.items[at], plan.items[at + by]];
  if (!item || !other) return plan;
  return { ...plan, items: plan.items.with(at, other).with(at + by, item) };
}

/** Both become one skill, which keeps the name of the upper one. */
export function mergeIntoAbove(plan: Plan, id: string): Plan {
  const at = plan.items.findIndex((item) => item.id === id);
  const [above, item] = [plan.items[at - 1], plan.items[at]];
  if (!above || !item) return plan;
  const { ref: _reused, files: _joined, ...kept } = above;
  const files = toFiles([...fileLines(above), ...fileLines(item)].join('\n'));
  const merged: PlanItem = {
    ...kept,
    action: 'create',
    description: `${above.description} ${item.description}`.trim().slice(0, MAX_DESCRIPTION),
    covers: [...new Set([...above.covers, ...item.covers])],
    outline: [...linesOf(above), ...linesOf(item)].slice(0, MAX_LINES),
    allowedTools: [...new Set([...above.allowedTools, ...item.allowedTools])].slice(0, MAX_LINES),
    ...(files.length > 0 && { files }),
  };
  return { ...plan, items: plan.items.with(at - 1, merged).toSpliced(at, 1) };
}

/** A reused skill has no outline of its own: its description says what it does. */
function linesOf({ outline, description }: PlanItem): readonly string[] {
  return outline.length > 0 ? outline : [description.slice(0, 300)];
}

export function reuseInstead(plan: Plan, id: string, offer: Offer): Plan {
  const { description, ...ref } = offer;
  const items = plan.items.map((item): PlanItem => {
    if (item.id !== id) return item;
    const { files: _own, ...kept } = item;
    return { ...kept, action: 'reuse', name: offer.name, description, outline: [], allowedTools: [], ref };
  });
  return { ...plan, items };
}

export function writeInstead(plan: Plan, id: string): Plan {
  const items = plan.items.map((item) => {
    if (item.id !== id) return item;
    const { ref: _reused, ...rest } = item;
    return { ...rest, action: 'create' as const, outline: [item.description.slice(0, 300)] };
  });
  return { ...plan, items };
}

/** A new skill at the end; for a need that nothing covers, or for whatever the user has in mind. */
export function addItem(plan: Plan, need?: Plan['uncovered'][number]): Plan {
  if (plan.items.length >= MAX_ITEMS) return plan;
  const name = freeName(plan, need ? toName(need.need.split(/\s+/).slice(0, 4).join('-')) : 'new-skill');
  const item: PlanItem = {
    id: freeId(plan),
    action: 'create',
    name,
    description: need?.need ?? '',
    covers: need ? [need.capability] : [],
    reason: 'Added by you.',
    outline: need ? [need.need.slice(0, 300)] : [],
    allowedTools: [],
  };
  return {
    ...plan,
    items: [...plan.items, item],
    uncovered: plan.uncovered.filter(({ capability }) => capability !== need?.capability),
  };
}

function freeId({ items }: Plan): string {
  const taken = new Set(items.map(({ id }) => id));
  let number = items.length + 1;
  while (taken.has(`i${number}`)) number += 1;
  return `i${number}`;
}

/** A name that clients take and that no other skill of the plan has. */
export function freeName({ items }: Plan, wanted: string): string {
  const name = wanted.slice(0, MAX_NAME - '-99'.length).replaceAll(/^-+|-+$/g, '') || 'new-skill';
  const taken = new Set(items.map((item) => item.name));
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** A text field as a list: a line each, without blank ones. */
export function toLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim().slice(0, 300))
    .filter((line) => line !== '')
    .slice(0, MAX_LINES);
}

/** Files as lines to be typed: the path, then what it is for. */
export function fileLines({ files = [] }: PlanItem): readonly string[] {
  return files.map(({ path, purpose }) => (purpose === '' ? path : `${path}: ${purpose}`));
}

/** The other way. A line whose path is none of a skill's is left out, as is a path's second line. */
export function toFiles(text: string): PlannedFile[] {
  return plannedFiles(
    text.split('\n').map((line) => {
      const [, path = '', purpose = ''] = /^\s*([^\s:]{0,120})\s*[:\s]?\s*(.*)$/.exec(line) ?? [];
      return { path, purpose };
    }),
  );
}

/** Tools stand side by side; one may have blanks in its parentheses: `Bash(git log:*)`. */
export function toTools(text: string): string[] {
  return (text.match(/[^\s,()]+(?:\([^)]*\))?/g) ?? []).map((tool) => tool.slice(0, 100)).slice(0, MAX_LINES);
}
