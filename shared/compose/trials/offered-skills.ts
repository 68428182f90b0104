import type { TrialRequest } from '../../contract/evals.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import { indexSkills } from '../../skills/skill-index.ts';
import type { OfferedSkill } from '../prompts/choice.ts';
import { mix } from './choices-to-prompts.ts';

/** Published skills beside the plan's own. The nearest ones are those that are most easily mistaken. */
const PUBLISHED = 8;

/** What the model chooses from: the tried skills, the others of their plan and near ones of the catalogue, in an order that tells nothing. */
export function offeredSkills(
  { items, others }: TrialRequest,
  catalog: readonly PublishedSkill[],
): readonly OfferedSkill[] {
  const query = items
    .map(({ name, description }) => `${name.replaceAll('-', ' ')} ${description}`)
    .join('\n');
  const near =
    catalog.length <= PUBLISHED ? catalog : indexSkills(catalog).search(query, PUBLISHED + items.length);
  const offered = new Map<string, OfferedSkill>();
  for (const { name, description } of [...items, ...others, ...near])
    if (!offered.has(name) && offered.size < items.length + others.length + PUBLISHED)
      offered.set(name, { name, description });
  return mix([...offered.values()], ({ name }) => name);
}
