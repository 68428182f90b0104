import type { Kysely } from 'kysely';
import type { Failure } from '../../shared/contract/failure.ts';
import type { SkillPage } from '../../shared/contract/registry.ts';
import type { Database } from '../storage/database.ts';
import { isPinned, takenDown } from './curation/standing.ts';
import { type SkillRow, skillInfo, skillTexts, skillVersions } from './read-store.ts';
import { usedBy } from './used-by.ts';
import { isOwn, pickVersion, type Reader } from './visible.ts';

interface Wanted {
  readonly owner: string;
  readonly name: string;
  readonly version?: string | undefined;
}

/** One version of a skill, or why it was taken down; undefined: there is none that this reader may see. */
export async function findSkill(
  db: Kysely<Database>,
  reader: Reader,
  { owner, name, version }: Wanted,
): Promise<ReturnType<typeof pickVersion<SkillRow>> | { readonly failure: Failure }> {
  const rows = await skillVersions(db, owner, name);
  const picked = pickVersion(rows, reader, version) ?? (await pinnedVersion(db, rows, version));
  if (picked !== undefined) return picked;
  const failure = takenDown(rows, version);
  return failure && { failure };
}

/** The same with its texts and what is shown beside them. */
export async function readSkillPage(
  db: Kysely<Database>,
  reader: Reader,
  wanted: Wanted,
): Promise<{ readonly page: SkillPage } | { readonly failure: Failure } | undefined> {
  const found = await findSkill(db, reader, wanted);
  if (found === undefined || 'failure' in found) return found;
  const { row, versions } = found;
  const texts = await skillTexts(db, row.id);
  const page: SkillPage = {
    skill: await skillInfo(db, row),
    signature: row.signature,
    publishedAt: row.published_at.toISOString(),
    visibility: row.visibility,
    downloads: row.downloads,
    // A reader who knows the name of a skill need not know the unlisted bundle that it is in, whose name is its only protection.
    bundle: row.visibility === 'public' || isOwn(row, reader) ? await bundleOf(db, row) : null,
    versions: [...versions],
    texts: texts.map(({ path, content }) => ({ path, content })),
    usedBy: await usedBy(db, wanted),
  };
  return { page };
}

/** What its author hides is still read by its number, by those who have it in a bundle of theirs. */
async function pinnedVersion(db: Kysely<Database>, rows: readonly SkillRow[], version: string | undefined) {
  const row = rows.find((one) => one.version === version && one.hidden_at !== null);
  return row && (await isPinned(db, row.id)) ? { row, versions: [row.version] } : undefined;
}

function bundleOf(db: Kysely<Database>, { bundle_id }: SkillRow) {
  return db
    .selectFrom('bundles')
    .select(['handle as publisher', 'name', 'version'])
    .where('id', '=', bundle_id)
    .executeTakeFirstOrThrow();
}
