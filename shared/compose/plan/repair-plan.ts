/** Brings a model's plan into order without asking it again: pure, and the same plan for the same answer. */
import { type Intent, MAX_ITEMS, type Plan, type PlanItem } from '../../contract/plan.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import { oneLine } from '../one-line.ts';
import type { PlanAnswer } from '../prompts/plan.ts';
import { capabilityMatcher } from './match-capability.ts';
import { plannedFiles } from './planned-files.ts';
import { MAX_DESCRIPTION, shortenDescription } from './shorten-description.ts';
import { skillName } from './skill-name.ts';
import { uniqueName } from './slugify.ts';

type ItemAnswer = PlanAnswer['items'][number];

const TOOL = /^[A-Za-z][\w-]{0,60}(?:\([^()\n]{1,60}\))?$/;

/** `goal` gives names their words, where a model gave them in letters that names cannot have. */
export function repairPlan(
  given: PlanAnswer,
  intent: Intent,
  catalog: readonly PublishedSkill[],
  goal = '',
): Plan {
  const answer = withKnownIds(given, intent);
  const needs = new Map(intent.capabilities.map(({ id, need }) => [id, need]));
  const covered = new Set<string>();
  const kept = worthKeeping(answer.items, needs);
  // A reused skill keeps its name, whatever the others are called.
  const names = new Set(kept.flatMap((given) => findPublished(given, catalog)?.name ?? []));
  const items: PlanItem[] = [];

  for (const given of kept) {
    // A capability that two items name belongs to the first.
    const covers = [...new Set(given.covers)].filter((id) => needs.has(id) && !covered.has(id));
    for (const id of covers) covered.add(id);
    const published = findPublished(given, catalog);
    const same =
      published &&
      items.find(
        ({ action, ref }) =>
          action === 'reuse' && ref?.owner === published.owner && ref.name === published.name,
      );
    if (same) {
      same.covers.push(...covers);
      continue;
    }
    const item = published
      ? reuseItem(given, published)
      : createItem(
          given,
          covers.map((id) => needs.get(id) ?? ''),
          [intent.summary, goal],
        );
    const name = published ? item.name : uniqueName(item.name, names);
    names.add(name);
    items.push({ ...item, id: `i${items.length + 1}`, name, covers });
  }

  const reasons = new Map(
    answer.uncovered.map(({ capability, reason }) => [capability, oneLine(reason, 1000)]),
  );
  const uncovered = intent.capabilities
    .filter(({ id }) => !covered.has(id))
    .map(({ id, need }) => ({ capability: id, need, reason: reasons.get(id) || 'The plan left it out.' }));
  return { title: oneLine(answer.title, 120) || oneLine(intent.summary, 120), items, uncovered };
}

/** Replaces what the model made of the capability ids (C1 for c1, or the need in its own words) with the ids of the intent. */
function withKnownIds(answer: PlanAnswer, { capabilities }: Intent): PlanAnswer {
  const match = capabilityMatcher(capabilities);
  return {
    ...answer,
    items: answer.items.map((item) => ({ ...item, covers: item.covers.map(match) })),
    uncovered: answer.uncovered.map((entry) => ({ ...entry, capability: match(entry.capability) })),
  };
}

/** Removes items that cover nothing new, which would be written and paid for twice, unless the model named no capability correctly. */
function worthKeeping(
  items: readonly ItemAnswer[],
  needs: ReadonlyMap<string, string>,
): readonly ItemAnswer[] {
  const seen = new Set<string>();
  const useful = items.filter(({ covers }) => {
    const added = covers.filter((id) => needs.has(id) && !seen.has(id));
    for (const id of added) seen.add(id);
    return added.length > 0;
  });
  return (useful.length > 0 ? useful : items).slice(0, MAX_ITEMS);
}

function findPublished(given: ItemAnswer, catalog: readonly PublishedSkill[]): PublishedSkill | undefined {
  if (given.action !== 'reuse') return undefined;
  // Finds a skill by owner and name only. A wrong version is a slip, and the catalogue's version is the one that is meant.
  return catalog.find(({ owner, name }) => owner === given.ref?.owner && name === given.ref.name);
}

type Unplaced = Omit<PlanItem, 'id' | 'covers'>;

function reuseItem(given: ItemAnswer, { owner, name, version, description }: PublishedSkill): Unplaced {
  return {
    action: 'reuse',
    name,
    description,
    reason: oneLine(given.reason, 1000),
    outline: [],
    allowedTools: [],
    ref: { owner, name, version },
  };
}

function createItem(given: ItemAnswer, needs: readonly string[], whole: readonly string[]): Unplaced {
  const name = skillName(given.name, [given.description, ...needs, ...given.outline, ...whole]);
  const description =
    shortenDescription(given.description.replaceAll(/[<>]/g, '')) ||
    oneLine(needs.join(' ').replaceAll(/[<>]/g, ''), MAX_DESCRIPTION) ||
    name;
  const files = plannedFiles(given.files ?? []);
  const outline = given.outline.map((line) => oneLine(line, 300)).filter((line) => line !== '');
  return {
    action: 'create',
    name,
    description,
    reason: oneLine(given.reason, 1000),
    outline: (outline.length > 0 ? outline : needs.map((need) => oneLine(need, 300))).slice(0, 16),
    allowedTools: given.allowedTools
      .map((tool) => tool.trim())
      .filter((tool) => TOOL.test(tool) && tool !== 'Bash')
      .slice(0, 16),
    ...(files.length > 0 && { files }),
    ...(given.action === 'reuse' && given.ref ? { ref: missingRef(given.ref) } : {}),
  };
}

function missingRef({ owner, name, version }: NonNullable<ItemAnswer['ref']>): NonNullable<PlanItem['ref']> {
  return { owner: oneLine(owner, 64), name: oneLine(name, 64), version: oneLine(version, 32) };
}
