import type { Kysely } from 'kysely';
import { reusedSkills } from '../../shared/compose/plan/reused-skills.ts';
import type { Plan } from '../../shared/contract/plan.ts';
import { type PublishedFolder, publishedFolder } from '../../shared/skills/published-folder.ts';
import { writeSkill } from '../../shared/skills/write-skill.ts';
import type { SkillCatalog } from '../runs/skill-catalog.ts';
import type { Database } from '../storage/database.ts';
import { type SkillRow, skillTexts } from './read-store.ts';
import { findSkill } from './skill-page.ts';
import type { Reader } from './visible.ts';

/**
 * The published skills that a plan reuses, in the versions that it names and as they were signed; a built-in one that is not published
 * here as the catalogue has it. What is gone, or not for this reader, is left out.
 */
export function createReusedFolders(
  db: Kysely<Database>,
  catalog: SkillCatalog,
): (plan: Plan, reader: Reader) => Promise<readonly PublishedFolder[]> {
  return async (plan, reader) => {
    const builtin = new Map(
      reusedSkills(plan, catalog.snapshot(reader?.workspaceId)).map((skill) => [skill.item, skill]),
    );
    const folders = plan.items.map(async ({ id, action, ref }): Promise<readonly PublishedFolder[]> => {
      if (action !== 'reuse' || !ref) return [];
      const found = await findSkill(db, reader, ref);
      if (found && 'row' in found) return [await folderOf(db, found.row)];
      const known = builtin.get(id);
      if (found !== undefined || !known) return [];
      const { manifest, body } = known;
      return [{ name: manifest.name, texts: [{ path: 'SKILL.md', content: writeSkill(manifest, body) }] }];
    });
    return (await Promise.all(folders)).flat();
  };
}

async function folderOf(db: Kysely<Database>, { id, name, signature }: SkillRow): Promise<PublishedFolder> {
  const texts = (await skillTexts(db, id)).map(({ path, content }) => ({ path, content }));
  return publishedFolder({ skill: { name }, texts, signature });
}
