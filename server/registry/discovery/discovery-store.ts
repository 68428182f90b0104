import { type Kysely, sql } from 'kysely';
import type { Database } from '../../storage/database.ts';
import { type SkillRow, servedSkillsOf } from '../read-store.ts';

/** What clients without an account install, as the database has it. Texts are read one at a time. */

/** What an index says of a skill: without its findings, which may be many. */
const INDEX_COLUMNS = [
  'id',
  'handle',
  'name',
  'version',
  'description',
  'archive_digest',
  'published_at',
  'downloads',
  'deprecation',
] as const;
export type IndexedSkill = Pick<SkillRow, (typeof INDEX_COLUMNS)[number]>;

/** Of each skill that is public, its latest version; the newest ones, where there are more than the limit. */
export async function publicSkills(db: Kysely<Database>, limit: number): Promise<readonly IndexedSkill[]> {
  const newest = latestPublic(db).as('latest');
  const kept = db.selectFrom(newest).selectAll().orderBy('published_at', 'desc').orderBy('id').limit(limit);
  return db.selectFrom(kept.as('kept')).selectAll().orderBy('name').orderBy('handle').execute();
}

/** Found by its name alone: a public skill belongs to one publisher. */
export async function publicSkill(db: Kysely<Database>, name: string): Promise<IndexedSkill | undefined> {
  return latestPublic(db).where('name', '=', name).limit(1).executeTakeFirst();
}

/** Those of these names, each in its latest version. */
export async function publicSkillsNamed(
  db: Kysely<Database>,
  names: readonly string[],
): Promise<readonly IndexedSkill[]> {
  if (names.length === 0) return [];
  return latestPublic(db).where('name', 'in', names).execute();
}

function latestPublic(db: Kysely<Database>) {
  return db
    .selectFrom('skill_versions')
    .select(INDEX_COLUMNS)
    .distinctOn(['handle', 'name'])
    .where('visibility', '=', 'public')
    .orderBy('handle')
    .orderBy('name')
    .orderBy('version_order', 'desc');
}

/**
 * Found by the digest of its bytes, which never change. Private ones are not served by an address, but what its author hides is, as long as
 * a bundle that others see has it in it.
 */
export async function readArchive(db: Kysely<Database>, digest: string): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('skill_versions')
    .select('archive')
    .where('archive_digest', '=', digest)
    .where('removal', 'is', null)
    .where((eb) =>
      eb.or([
        eb('visibility', '<>', 'private'),
        eb.exists(
          eb
            .selectFrom('bundle_skills')
            .innerJoin('bundles', 'bundles.id', 'bundle_skills.bundle_id')
            .select('bundles.id')
            .whereRef('skill_id', '=', 'skill_versions.id')
            .where('bundles.visibility', '<>', 'private'),
        ),
      ]),
    )
    .limit(1)
    .executeTakeFirst();
  return row?.archive;
}

/** The latest version of a bundle that clients without an account install: of the public ones, if there is any. */
export async function installable(
  db: Kysely<Database>,
  owner: string,
  name: string,
): Promise<readonly IndexedSkill[] | undefined> {
  const row = await db
    .selectFrom('bundles')
    .select('id')
    .where('handle', '=', owner)
    .where('name', '=', name)
    .where('visibility', '<>', 'private')
    .orderBy(sql`visibility = 'public'`, 'desc')
    .orderBy('version_order', 'desc')
    .limit(1)
    .executeTakeFirst();
  const skills = row && (await servedSkillsOf(db, row.id));
  // of an empty index clients go on to the root's
  return skills && skills.length > 0 ? skills : undefined;
}

/** The latest version of one skill, as an index of that skill alone: of the public ones, if there is any. */
export async function installableSkill(
  db: Kysely<Database>,
  owner: string,
  name: string,
): Promise<readonly IndexedSkill[] | undefined> {
  const row = await db
    .selectFrom('skill_versions')
    .select(INDEX_COLUMNS)
    .where('handle', '=', owner)
    .where('name', '=', name)
    .where('visibility', '<>', 'private')
    .orderBy(sql`visibility = 'public'`, 'desc')
    .orderBy('version_order', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && [row];
}

/** The paths of each skill's files, by the skill's id, in the order of `skillTexts`. */
export async function skillPaths(
  db: Kysely<Database>,
  skillIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (skillIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('skill_files')
    .select(['skill_id', 'path'])
    .where('skill_id', 'in', skillIds)
    .orderBy(sql`path = 'SKILL.md'`, 'desc')
    .orderBy('path')
    .execute();
  const paths = new Map<string, string[]>(skillIds.map((id) => [id, []]));
  for (const { skill_id, path } of rows) paths.get(skill_id)?.push(path);
  return paths;
}

export async function skillText(
  db: Kysely<Database>,
  skillId: string,
  path: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('skill_files')
    .select('content')
    .where('skill_id', '=', skillId)
    .where('path', '=', path)
    .executeTakeFirst();
  return row?.content;
}
