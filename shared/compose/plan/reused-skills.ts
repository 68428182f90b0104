import type { Plan, ReusedSkill } from '../../contract/plan.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';

/** The texts of a plan's reused skills, in the very version that it names; one that the catalogue does not have is left out. */
export function reusedSkills(plan: Plan, catalog: readonly PublishedSkill[]): readonly ReusedSkill[] {
  return plan.items.flatMap(({ id, action, ref }) => {
    if (action !== 'reuse' || !ref) return [];
    const found = catalog.find(
      ({ owner, name, version }) => owner === ref.owner && name === ref.name && version === ref.version,
    );
    if (found?.body === undefined) return [];
    const { name, description, body } = found;
    return [{ item: id, manifest: { name, description }, body }];
  });
}
