import { type Kysely, sql, type Transaction } from 'kysely';
import { type ComposeEvent, parseEvent } from '../../../shared/contract/events.ts';
import type { Database } from '../../storage/database.ts';
import type { Attempt } from '../job-store.ts';

/** The channels that workers and watchers in all processes listen to; the payload is the job's id. */
export const EVENTS_CHANNEL = 'oneturn_job_events';
export const CANCEL_CHANNEL = 'oneturn_job_cancel';

export interface NumberedEvent {
  readonly seq: number;
  readonly event: ComposeEvent;
}

export type Written = 'written' | 'cancel' | 'lost';

/**
 * Adds events, wakes whoever watches, and asks how the job stands, in one statement. `lost`: the job is over or another worker has
 * it, and nothing was written.
 */
export async function writeEvents(
  db: Kysely<Database>,
  { job, attempt }: Attempt,
  events: readonly NumberedEvent[],
): Promise<Written> {
  const seqs = events.map(({ seq }) => seq);
  const names = events.map(({ event }) => event.event);
  const data = events.map(({ event }) => JSON.stringify(event.data));
  const { rows } = await sql<{ cancel_requested: boolean }>`
    with job as (
      select id, cancel_requested from intent_jobs where id = ${job} and attempt = ${attempt} and state = 'running' for share
    ), written as (
      insert into intent_events (job_id, seq, attempt, name, data)
      select job.id, e.seq, ${attempt}, e.name, e.data
      from job, unnest(${seqs}::int[], ${names}::text[], ${data}::text[]) as e (seq, name, data)
      -- a batch whose answer got lost is sent again; nobody else numbers this attempt's events
      on conflict do nothing
    )
    select cancel_requested, pg_notify(${EVENTS_CHANNEL}, id::text) from job
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return 'lost';
  return row.cancel_requested ? 'cancel' : 'written';
}

/** Events with pieces of what is being written: the draft has it whole. */
const PIECES = ['text', 'file'] as const;

/** The last event of a job that has just ended, in that same transaction. Its text pieces go: the drafts have them whole. */
export async function writeLastEvent(
  trx: Transaction<Database>,
  { job, attempt }: Attempt,
  event: ComposeEvent,
): Promise<void> {
  await trx.deleteFrom('intent_events').where('job_id', '=', job).where('name', 'in', PIECES).execute();
  await sql`
    insert into intent_events (job_id, seq, attempt, name, data)
    select ${job}::uuid, coalesce(max(seq), 0) + 1, ${attempt}, ${event.event}, ${JSON.stringify(event.data)} from intent_events where job_id = ${job}
  `.execute(trx);
  await notify(trx, EVENTS_CHANNEL, job);
}

export async function notify(db: Kysely<Database>, channel: string, job: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${job})`.execute(db);
}

export interface StoredEvent extends NumberedEvent {
  readonly attempt: number;
  readonly at: Date;
}

export async function readEvents(
  db: Kysely<Database>,
  job: string,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('intent_events')
    .select(['seq', 'attempt', 'name', 'data', 'at'])
    .where('job_id', '=', job)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.flatMap(({ seq, attempt, name, data, at }) => {
    const event = parseEvent(name, data);
    return event === undefined ? [] : [{ seq, attempt, at, event }];
  });
}

/** All but the pieces of text. */
export async function readRecord(db: Kysely<Database>, job: string): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('intent_events')
    .select(['seq', 'attempt', 'name', 'data', 'at'])
    .where('job_id', '=', job)
    .where('name', 'not in', PIECES)
    .orderBy('seq')
    .execute();
  return rows.flatMap(({ seq, attempt, name, data, at }) => {
    const event = parseEvent(name, data);
    return event === undefined ? [] : [{ seq, attempt, at, event }];
  });
}

export async function lastSeq(db: Kysely<Database>, job: string): Promise<number> {
  const row = await db
    .selectFrom('intent_events')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('job_id', '=', job)
    .executeTakeFirst();
  return row?.seq ?? 0;
}
