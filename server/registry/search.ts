import { type Kysely, type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';
import { inEnglish, japaneseWords, SAYS_NOTHING } from './glossary.ts';

const MAX_WORDS = 24;
/** Of so many, a third is enough. */
const MANY_WORDS = 6;
/** So many words are a goal rather than a search. */
const GOAL_WORDS = 4;
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
/** Of the threes of letters in a word, so many have to be in a word of the row: `invoces` is `invoices`. */
const ALIKE = 0.45;

/** What somebody looks for, in words of lower case, each once; a whole goal may be pasted. */
export function wordsOf(text: string): readonly string[] {
  const words =
    text
      .toLowerCase()
      .normalize('NFC')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const told = words.flatMap((word) => {
    const inside = JAPANESE.test(word) ? japaneseWords(word) : [];
    return inside.length > 0 ? inside : [word];
  });
  const unlike = [...new Set(told)];
  // of a goal in whole sentences, what it is about; a few words are all meant
  const meant = unlike.filter((word) => !SAYS_NOTHING.has(word));
  return (unlike.length >= GOAL_WORDS && meant.length > 0 ? meant : unlike).slice(0, MAX_WORDS);
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
 * Bundles that have at least half of the words, or a third where there are many, and how well they fit: by the share of words, then by
 * where these stand, then by the name. A word is there by its stem, as a beginning, in the midst of a word, spelled alike, or in English.
 * English words that say nothing (`the`, `before`) are asked of no bundle.
 */
export function matching(words: readonly string[]): {
  readonly found: RawBuilder<SqlBool>;
  readonly score: RawBuilder<number>;
} {
  const asked = sum(words.map((word) => sql`(not ${saysNothing(word)})::int`));
  const hits = sum(words.map((word) => sql`(not ${saysNothing(word)} and ${isThere(word)})::int`));
  const some = sql.join(words.map(isThere), sql` or `);
  const share = words.length >= MANY_WORDS ? sql`3.0` : sql`2.0`;
  const terms = sql.join(words.flatMap((word) => [word, ...inEnglish(word)]).map(termOf), sql` || `);
  return {
    // The first part is what an index answers; the second one counts.
    found: sql<SqlBool>`(id in (select id from bundles where ${some}) and (${hits}) >= greatest(1, (${asked}) / ${share}))`,
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
  const known = inEnglish(word);
  const terms = sql.join([word, ...known].map(termOf), sql` || `);
  return sql<SqlBool>`(document @@ (${terms}) or search like ${`%${word}%`} or ${word} <% search)`;
}

/** Words are letters and digits, so that none of them can end its quotes or stand for any text. */
function termOf(word: string): RawBuilder<unknown> {
  return sql`(plainto_tsquery('english', ${word}) || to_tsquery('simple', ${`'${word}':*`}))`;
}
