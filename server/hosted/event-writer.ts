import type { Kysely } from 'kysely';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Database } from '../storage/database.ts';
import { whileAway } from '../storage/while-away.ts';
import { type NumberedEvent, type Written, writeEvents } from './event-store.ts';
import type { Attempt } from './job-store.ts';

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
      const last = waiting.at(-1);
      if (event.event === 'text' && last?.event === 'text' && isSameText(last.data, event.data)) {
        waiting[waiting.length - 1] = {
          event: 'text',
          data: { ...event.data, delta: last.data.delta + event.data.delta },
        };
      } else {
        waiting.push(event);
      }
      if (event.event !== 'text') startQuietly();
      else timer ??= setTimeout(startQuietly, JOIN_MS);
    },
    flush: async () => {
      await start();
      if (waiting.length > 0) await start();
    },
  };
}

function isSameText(a: { item: string; revision: number }, b: { item: string; revision: number }): boolean {
  return a.item === b.item && a.revision === b.revision;
}
