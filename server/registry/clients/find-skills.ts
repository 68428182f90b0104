import type { Context } from 'hono';
import type { Kysely } from 'kysely';
import type { Database } from '../../storage/database.ts';
import { type IndexedSkill, publicSkillsNamed } from '../discovery/discovery-store.ts';
import type { Downloads } from '../discovery/downloads.ts';
import { listBundles } from '../list-bundles.ts';
import { wordsOf } from '../search.ts';

/** What the routes for other people's clients work on. They ask without an account, and are told of what is public. */
export interface ClientParts {
  readonly db: Kysely<Database>;
  readonly downloads: Pick<Downloads, 'count'>;
  /** Where clients reach this server, without a slash at its end. */
  readonly originOf: (c: Context) => string;
}

/** The skills of the public bundles that fit the words, the best first; the newest where there are no words. */
export async function findSkills(
  db: Kysely<Database>,
  text: string,
  limit: number,
): Promise<readonly IndexedSkill[]> {
  const { bundles } = await listBundles(db, null, { words: wordsOf(text), limit, offset: 0 });
  const names = [...new Set(bundles.flatMap(({ skills }) => skills))].slice(0, limit);
  const rows = await publicSkillsNamed(db, names);
  const byName = new Map(rows.map((row) => [row.name, row]));
  return names.flatMap((name) => byName.get(name) ?? []);
}
