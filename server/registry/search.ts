import { type Kysely, type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';

const MAX_WORDS = 24;
/** Of the threes of letters in a word, so many have to be in a word of the row: `invoces` is `invoices`. */
const ALIKE = 0.45;

/** What somebody looks for, in words of lower case, each once; a whole goal may be pasted. */
export function wordsOf(text: string): readonly string[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** Runs queries that use `matching`. */
export function searching<T>(
  db: Kysely<Database>,
  query: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(ALIKE)}, true)`.execute(trx);
    return query(trx);
  });
}

/**
 * Bundles that have at least half of the words, and how well they fit: by the share of words, then by where these stand, then by the name.
 * A word is there by its stem, as a beginning, in the midst of a word, or spelled alike. English words that say nothing (`the`, `before`)
 * are asked of no bundle.
 */
export function matching(words: readonly string[]): {
  readonly found: RawBuilder<SqlBool>;
  readonly score: RawBuilder<number>;
} {
  const asked = sum(words.map((word) => sql`(not ${saysNothing(word)})::int`));
  const hits = sum(words.map((word) => sql`(not ${saysNothing(word)} and ${isThere(word)})::int`));
  const some = sql.join(words.map(isThere), sql` or `);
  const terms = sql.join(words.map(termOf), sql` || `);
  return {
    // The first part is what an index answers; the second one counts.
    found: sql<SqlBool>`(id in (select id from bundles where ${some}) and (${hits}) >= greatest(1, (${asked}) / 2.0))`,
    score: sql<number>`(${hits})::float / greatest((${asked}), 1) + ts_rank(document, ${terms}) + similarity(${words.join(' ')}, replace(name, '-', ' '))`,
  };
}

function sum(parts: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return sql.join(parts, sql` + `);
}

function saysNothing(word: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(numnode(plainto_tsquery('english', ${word})) = 0)`;
}

function isThere(word: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(document @@ ${termOf(word)} or search like ${`%${word}%`} or ${word} <% search)`;
}

/** Words are letters and digits, so that none of them can end its quotes or stand for any text. */
function termOf(word: string): RawBuilder<unknown> {
  return sql`(plainto_tsquery('english', ${word}) || to_tsquery('simple', ${`'${word}':*`}))`;
}
