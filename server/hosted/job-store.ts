import { type Kysely, sql, type Transaction } from 'kysely';
import type { Usage } from '../../shared/contract/usage.ts';
import type { RunResult } from '../runs/run-compose.ts';
import type { Database } from '../storage/database.ts';
import type { JobRow } from './job-rows.ts';

/**
 * The life of a job: queued, running, and one of three ends. Whoever takes a job raises its attempt, and every later change names
 * that attempt: a worker that was thought dead and wakes up again finds that it may not write any more.
 */

export interface Attempt {
  readonly job: string;
  readonly attempt: number;
}

/** Takes a job to run it; undefined when it is over already, gone, or to be cancelled. */
export async function takeJob(db: Kysely<Database>, id: string, worker: string): Promise<JobRow | undefined> {
  return db
    .updateTable('intent_jobs')
    .set({
      state: 'running',
      worker,
      attempt: sql<number>`attempt + 1`,
      started_at: sql<Date>`coalesce(started_at, clock_timestamp())`,
    })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .where('cancel_requested', '=', false)
    .returningAll()
    .executeTakeFirst();
}

/**
 * Sets the attempts of a job that two workers died of to two at least: one may have died after the queue gave it the job and before it
 * took it here. Undefined when the job is over.
 */
export async function countDeadAttempts(db: Kysely<Database>, id: string): Promise<JobRow | undefined> {
  return db
    .updateTable('intent_jobs')
    .set({ attempt: sql<number>`greatest(attempt, 2)` })
    .where('id', '=', id)
    .where('state', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst();
}

export interface JobEnd {
  readonly result: RunResult;
  readonly usage: Usage;
}

/** Undefined: this attempt is not the job's last any more, or the job is over: nothing was changed. */
export async function endJob(
  trx: Transaction<Database>,
  { job, attempt }: Attempt,
  { result, usage }: JobEnd,
): Promise<JobRow | undefined> {
  return trx
    .updateTable('intent_jobs')
    .set({
      state: result.outcome,
      usage: JSON.stringify(usage),
      failure: result.outcome === 'failed' ? JSON.stringify(result.failure) : null,
      ended_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', job)
    .where('attempt', '=', attempt)
    .where('state', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst();
}

/** Back into the queue, by a worker that stops. */
export async function requeueJob(trx: Transaction<Database>, { job, attempt }: Attempt): Promise<boolean> {
  const row = await trx
    .updateTable('intent_jobs')
    .set({ state: 'queued', worker: null })
    .where('id', '=', job)
    .where('attempt', '=', attempt)
    .where('state', '=', 'running')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Marks the job as to be cancelled. Its worker sees that at its next write, or sooner by a notice. */
export async function requestCancel(
  db: Kysely<Database>,
  ownerId: string,
  id: string,
): Promise<JobRow | undefined> {
  return db
    .updateTable('intent_jobs')
    .set({ cancel_requested: sql<boolean>`cancel_requested or state in ('queued', 'running')` })
    .where('id', '=', id)
    .where('owner_id', '=', ownerId)
    .returningAll()
    .executeTakeFirst();
}

export async function readJob(
  db: Kysely<Database>,
  ownerId: string,
  id: string,
): Promise<JobRow | undefined> {
  return db
    .selectFrom('intent_jobs')
    .selectAll()
    .where('id', '=', id)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst();
}

/** For workers, which act for nobody in particular. */
export async function readAnyJob(db: Kysely<Database>, id: string): Promise<JobRow | undefined> {
  return db.selectFrom('intent_jobs').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function listJobs(db: Kysely<Database>, ownerId: string, limit: number): Promise<JobRow[]> {
  return db
    .selectFrom('intent_jobs')
    .selectAll()
    .where('owner_id', '=', ownerId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}

export async function placeOf(db: Kysely<Database>, row: Pick<JobRow, 'place'>): Promise<number> {
  const { before } = await db
    .selectFrom('intent_jobs')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('state', '=', 'queued')
    .where('place', '<', row.place)
    .executeTakeFirstOrThrow();
  return before + 1;
}

export async function countOpen(db: Kysely<Database>, ownerId: string): Promise<number> {
  const { count } = await db
    .selectFrom('intent_jobs')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('owner_id', '=', ownerId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow();
  return count;
}

export interface QueueState {
  readonly depth: number;
  readonly oldestSeconds: number;
}

export async function queueState(db: Kysely<Database>): Promise<QueueState> {
  const row = await db
    .selectFrom('intent_jobs')
    .select((eb) => [
      eb.fn.countAll<number>().as('depth'),
      sql<number>`coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8`.as('oldest'),
    ])
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow();
  return { depth: row.depth, oldestSeconds: row.oldest };
}
