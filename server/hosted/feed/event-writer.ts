import type { Kysely } from 'kysely';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { Database } from '../../storage/database.ts';
import { whileAway } from '../../storage/while-away.ts';
import type { Attempt } from '../job-store.ts';
import { type NumberedEvent, type Written, writeEvents } from './event-store.ts';

/** Text comes faster than anyone reads: its pieces are joined for this long. Everything else is written at once. */
const JOIN_MS = 100;

export interface EventWriter {
  push(event: ComposeEvent): void;
  /** Resolves when all that was pushed is written. Rejects when the database did not take it. */
  flush(): Promise<void>;
}

export interface EventWriterOptions {
  readonly db: Kysely<Database>;
  readonly attempt: Attempt;
  /** The number of the last event that is written already. */
  readonly after: number;
  /** Called when the job is to be cancelled, or is not this worker's any more, or cannot be written. */
  readonly onStop: (why: Exclude<Written, 'written'> | 'broken') => void;
}

/** Writes a run's events in order, one batch at a time: what comes while a batch is on its way goes with the next. */
export function createEventWriter({ db, attempt, after, onStop }: EventWriterOptions): EventWriter {
  let waiting: ComposeEvent[] = [];
  let written = after;
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const events = waiting.map((event, i): NumberedEvent => ({ seq: written + 1 + i, event }));
      waiting = [];
      const how = await whileAway(() => writeEvents(db, attempt, events)).catch((error: unknown) => {
        onStop('broken');
        throw error;
      });
      written += events.length;
      if (how !== 'written') onStop(how);
    }
  };
  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
    return writing;
  };
  /** A failed write has told `onStop`; `flush` tells the caller. */
  const startQuietly = (): void => void start().catch(() => undefined);

  return {
    push: (event) => {
      const joined = joinedText(waiting.at(-1), event);
      if (joined) waiting[waiting.length - 1] = joined;
      else waiting.push(event);
      if (event.event !== 'text' && event.event !== 'file') startQuietly();
      else timer ??= setTimeout(startQuietly, JOIN_MS);
    },
    flush: async () => {
      await start();
      if (waiting.length > 0) await start();
    },
  };
}

/** Two pieces of one text as one; undefined where they are not. */
function joinedText(last: ComposeEvent | undefined, next: ComposeEvent): ComposeEvent | undefined {
  if (next.event === 'text' && last?.event === 'text') {
    const { item, revision, delta } = last.data;
    if (item !== next.data.item || revision !== next.data.revision) return undefined;
    return { event: 'text', data: { ...next.data, delta: delta + next.data.delta } };
  }
  if (next.event === 'file' && last?.event === 'file') {
    const { item, path, attempt, delta } = last.data;
    if (item !== next.data.item || path !== next.data.path || attempt !== next.data.attempt) return undefined;
    return { event: 'file', data: { ...next.data, delta: delta + next.data.delta } };
  }
  return undefined;
}
