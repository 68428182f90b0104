import { type Kysely, sql } from 'kysely';
import type { HostedSettings } from '../config/hosted-settings.ts';
import type { Database } from '../storage/database.ts';
import { storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import { expireIdempotencyKeys } from './enqueue.ts';

const TIDY_MS = 600_000;
const DAY_MS = 86_400_000;
/** So that no statement holds many rows for long. */
const BATCH = 200;

/** `now` is the clock by which runs are old. */
export interface TidyOptions {
  readonly storage: { readonly db: Kysely<Database> };
  readonly settings: Pick<HostedSettings, 'RETENTION_DAYS'>;
  readonly log: Log;
  readonly now: () => Date;
}

/** What is old goes: at the start and every ten minutes. `stop` waits for what is under way. */
export function keepTidy({ storage: { db }, settings, log, now }: TidyOptions): { stop(): Promise<void> } {
  const days = settings.RETENTION_DAYS;
  const tidy = async (): Promise<void> => {
    try {
      await db.transaction().execute(expireIdempotencyKeys);
      if (days === undefined) return;
      const runs = await pruneJobs(db, new Date(now().getTime() - days * DAY_MS));
      if (runs > 0) log.info('old hosted runs deleted', { runs, days });
    } catch (error) {
      log.warn('what is old could not be deleted', storageFields(error));
    }
  };
  let tidying = tidy();
  const timer = setInterval(() => {
    tidying = tidying.then(tidy);
  }, TIDY_MS);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return tidying;
    },
  };
}

/**
 * Deletes runs that ended before then, with their events, and says how many. Plans that were made of them stay; so do entries of the audit
 * log, which is a chain.
 */
export async function pruneJobs(db: Kysely<Database>, before: Date): Promise<number> {
  for (let deleted = 0; ; ) {
    const { numAffectedRows = 0n } = await sql`
      delete from intent_jobs where id in (
        select id from intent_jobs where ended_at < ${before} and state in ('done', 'failed', 'cancelled')
        limit ${BATCH} for update skip locked
      )
    `.execute(db);
    deleted += Number(numAffectedRows);
    if (numAffectedRows < BATCH) return deleted;
  }
}
