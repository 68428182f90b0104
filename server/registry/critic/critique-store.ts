import { createHash } from 'node:crypto';
import { type ColumnType, type Generated, type Kysely, sql } from 'kysely';
import type { Database, SetOnce } from '../../storage/database.ts';
import type { CriticReader, Said } from './critic.ts';

/** What the critic said of which content, so that nothing is paid for twice, and who is asking it right now. */

declare module '../../storage/database.ts' {
  interface Database {
    readonly critiques: CritiquesTable;
  }
}

interface CritiquesTable {
  /** See `askedDigest`. */
  readonly digest: SetOnce<string>;
  /** Goes with their account. */
  asked_by: string;
  claimed_at: Generated<Date>;
  /** Null: it is asked now. */
  said: ColumnType<Said | null, never, Said>;
  said_at: ColumnType<Date | null, never, Date>;
}

export interface Known extends Said {
  readonly at: Date;
}

/** Longer than the critic may take. Who claimed a content before that has died. */
const CLAIM_SECONDS = 120;

/** The content, and who judges it by what. */
export function askedDigest(
  { provider, model, edition }: Pick<CriticReader, 'provider' | 'model' | 'edition'>,
  contentDigest: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([edition, provider, model, contentDigest]))
    .digest('hex');
}

export async function knownCritiques(
  db: Kysely<Database>,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Known>> {
  if (digests.length === 0) return new Map();
  const rows = await db
    .selectFrom('critiques')
    .select(['digest', 'said', 'said_at'])
    .where('digest', 'in', digests)
    .execute();
  return new Map(
    rows.flatMap(({ digest, said, said_at: at }) => (said && at ? [[digest, { ...said, at }] as const] : [])),
  );
}

/** Those of the digests that are the caller's to ask about: nobody else asks now, and nothing is known yet. */
export async function claimCritiques(
  db: Kysely<Database>,
  digests: readonly string[],
  userId: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .insertInto('critiques')
    // always in one order, so that two who claim at once wait for each other and do not deadlock
    .values(digests.toSorted().map((digest) => ({ digest, asked_by: userId })))
    .onConflict((conflict) =>
      conflict
        .column('digest')
        .doUpdateSet({ claimed_at: sql<Date>`current_timestamp`, asked_by: userId })
        .where('critiques.said', 'is', null)
        .where(
          sql<boolean>`critiques.claimed_at < current_timestamp - make_interval(secs => ${CLAIM_SECONDS})`,
        ),
    )
    .returning('digest')
    .execute();
  return new Set(rows.map(({ digest }) => digest));
}

export async function keepCritique(db: Kysely<Database>, digest: string, said: Said): Promise<void> {
  await db
    .updateTable('critiques')
    .set({ said: sql<Said>`${JSON.stringify(said)}::jsonb`, said_at: sql<Date>`current_timestamp` })
    .where('digest', '=', digest)
    .where('said', 'is', null)
    .execute();
}

/** What was claimed and not judged may be asked again at once. */
export async function releaseCritiques(db: Kysely<Database>, digests: readonly string[]): Promise<void> {
  if (digests.length === 0) return;
  await db.deleteFrom('critiques').where('digest', 'in', digests).where('said', 'is', null).execute();
}

/** Whether somebody asks about one of these right now. */
export async function areAsked(db: Kysely<Database>, digests: readonly string[]): Promise<boolean> {
  const row = await db
    .selectFrom('critiques')
    .select('digest')
    .where('digest', 'in', digests)
    .where('said', 'is', null)
    .where(sql<boolean>`claimed_at > current_timestamp - make_interval(secs => ${CLAIM_SECONDS})`)
    .executeTakeFirst();
  return row !== undefined;
}
