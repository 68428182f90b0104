import { isUnavailable, storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import type { AuditEvent } from './audit-chain.ts';

const MAX_WAITING = 1000;
const RETRY_MS = 2000;

export interface LaterWrites {
  /** Never rejects: an entry that cannot be kept is logged as lost. */
  add(event: AuditEvent): void;
  /** Writes what waits, as far as the database allows, and tries no more. */
  stop(): Promise<void>;
}

/** Writes entries in order, for callers that cannot wait for a database that may be away. */
export function createLaterWrites(write: (event: AuditEvent) => Promise<void>, log: Log): LaterWrites {
  const waiting: AuditEvent[] = [];
  let draining: Promise<void> | undefined;
  let stopped = false;

  const drain = async (): Promise<void> => {
    for (let event = waiting[0]; event !== undefined; event = waiting[0]) {
      try {
        await write(event);
        waiting.shift();
      } catch (error) {
        if (!isUnavailable(error)) {
          log.error('an audit entry is lost', { ...storageFields(error), action: event.action });
          waiting.shift();
          continue;
        }
        log.warn('an audit entry waits for the database', {
          ...storageFields(error),
          waiting: waiting.length,
        });
        if (!stopped) setTimeout(startDraining, RETRY_MS).unref();
        return;
      }
    }
  };
  const startDraining = (): void => {
    draining ??= drain().finally(() => {
      draining = undefined;
    });
  };

  return {
    add: (event) => {
      if (waiting.length >= MAX_WAITING) {
        log.error('an audit entry is lost: too many wait for the database', {
          action: event.action,
          outcome: event.outcome,
        });
        return;
      }
      waiting.push(event);
      startDraining();
    },
    stop: async () => {
      stopped = true;
      startDraining();
      await draining;
    },
  };
}
