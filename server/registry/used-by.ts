import type { Kysely } from 'kysely';
import type { SkillPage } from '../../shared/contract/registry.ts';
import type { Database } from '../storage/database.ts';

const MAX_SHOWN = 50;

/** Public bundles that pin some version of the skill and did not bring it with them, each in its latest version that does. */
export async function usedBy(
  db: Kysely<Database>,
  { owner, name }: { readonly owner: string; readonly name: string },
): Promise<SkillPage['usedBy']> {
  const latest = db
    .selectFrom('skill_versions as s')
    .innerJoin('bundle_skills as m', 'm.skill_id', 's.id')
    .innerJoin('bundles as b', 'b.id', 'm.bundle_id')
    .select(['b.handle as publisher', 'b.name', 'b.version', 's.version as skillVersion', 'b.published_at'])
    .distinctOn(['b.handle', 'b.name'])
    .where('s.handle', '=', owner)
    .where('s.name', '=', name)
    .where('s.visibility', '=', 'public')
    .where('b.visibility', '=', 'public')
    .whereRef('b.id', '<>', 's.bundle_id')
    .orderBy('b.handle')
    .orderBy('b.name')
    .orderBy('b.version_order', 'desc')
    .as('latest');
  return db
    .selectFrom(latest)
    .select(['publisher', 'name', 'version', 'skillVersion'])
    .orderBy('published_at', 'desc')
    .limit(MAX_SHOWN)
    .execute();
}
