import type { Kysely } from 'kysely';
import { isOver } from '../../../shared/contract/hosted.ts';
import { HEARTBEAT_MS } from '../../runs/event-stream.ts';
import { SSE_COMMENT, sseEvent } from '../../runs/sse.ts';
import type { Database } from '../../storage/database.ts';
import type { JobNotices } from '../job-notices.ts';
import type { JobRow } from '../job-rows.ts';
import { placeOf, readJob } from '../job-store.ts';
import { readEvents } from './event-store.ts';

const BATCH = 500;
/** While a run waits, its place changes with other people's jobs, for which no notice is sent. */
const QUEUED_MS = 1000;
/** Other changes are notified. This is how often it is checked anyway, in case a notice was lost. */
const LOOK_MS = 4000;

export interface FeedOptions {
  readonly db: Kysely<Database>;
  readonly notices: JobNotices;
  readonly ownerId: string;
  readonly job: string;
  /** `Last-Event-ID`: what the reader has already. */
  readonly after: number;
  readonly now: () => number;
  /** The reader has left, or may read no longer. */
  readonly signal: AbortSignal;
  /** Aborted when this server stops: events that are stored are still sent. The client reconnects elsewhere with `Last-Event-ID`. */
  readonly stopping: AbortSignal;
}

/**
 * A job's events as server-sent events, from any process: those that are stored, then each as it is. Ends after the last one. A reader
 * that is slow is simply read for more slowly, since everything waits in the database.
 */
export async function* feed(options: FeedOptions): AsyncGenerator<string> {
  const { db, notices, job, now, signal, stopping } = options;
  const wake = AbortSignal.any([signal, stopping]);
  let after = options.after;
  let place: number | undefined;
  let spokeAt = now();
  yield 'retry: 1000\n\n';

  while (!signal.aborted) {
    const isLast = stopping.aborted;
    // before its events are read: when it is over here, its last event is there
    const row = await readJob(db, options.ownerId, job);
    if (row === undefined) return;
    const events = await readEvents(db, job, after, BATCH);
    let text = events.map(({ seq, event }) => sseEvent(event.event, event.data, seq)).join('');
    after = events.at(-1)?.seq ?? after;

    // a run that is put back waits again, maybe at the same place
    const next = row.state === 'queued' ? await placeOf(db, row) : undefined;
    if (next !== undefined && next !== place) text += sseEvent('queued', { place: next });
    place = next;
    if (text === '' && now() - spokeAt >= HEARTBEAT_MS) text = SSE_COMMENT;
    if (text !== '') {
      spokeAt = now();
      yield text;
    }
    if (events.length === BATCH) continue;
    if (isEnd(row) || isLast) return;
    await notices.changed(job, row.state === 'queued' ? QUEUED_MS : LOOK_MS, wake);
  }
}

function isEnd(row: JobRow): boolean {
  // as: the table's check allows these states only
  return isOver(row.state as Parameters<typeof isOver>[0]);
}
