import type { Kysely } from 'kysely';
import { RunAborted } from '../../runs/run-aborted.ts';
import type { PoolAddress } from '../../storage/create-pool.ts';
import type { Database } from '../../storage/database.ts';
import { listen } from '../../storage/listen.ts';
import { storageFields } from '../../storage/storage-error.ts';
import type { Log } from '../../telemetry/log.ts';
import { RUN_ENDED_CHANNEL } from '../key-states.ts';

/** A notice may be late or lost: so often it is looked whether a run still has its key. */
const LOOK_MS = 5000;

/** The runs of this process that have a stored key in their hands, and what takes it from them. */
export interface LiveRuns {
  /** `take` is called once, when the run's lease has ended, whichever process ended it. */
  watch(job: string, take: (reason: RunAborted) => void): { done(): void };
  stop(): Promise<void>;
}

export function createLiveRuns(
  { db, address, log }: { readonly db: Kysely<Database>; readonly address: PoolAddress; readonly log: Log },
  lookMs = LOOK_MS,
): LiveRuns {
  const live = new Map<string, (reason: RunAborted) => void>();
  const end = (job: string): void => {
    const take = live.get(job);
    live.delete(job);
    take?.(new RunAborted('key_gone'));
  };
  const look = async (): Promise<void> => {
    if (live.size === 0) return;
    const asked = [...live.keys()];
    const open = await db
      .selectFrom('vault_leases')
      .select('job_id')
      .where('job_id', 'in', asked)
      .where('ended_at', 'is', null)
      .execute();
    // A lease that is not there went with its workspace.
    const kept = new Set(open.map(({ job_id }) => job_id));
    for (const job of asked) if (!kept.has(job)) end(job);
  };
  const lookNow = (): void => {
    look().catch((error: unknown) => log.warn('the leases could not be read', storageFields(error)));
  };
  const listener = listen({
    address,
    log,
    channels: [RUN_ENDED_CHANNEL],
    onNotice: (_, job) => end(job),
    onReconnect: lookNow,
  });
  const timer = setInterval(lookNow, lookMs);
  timer.unref();

  return {
    watch: (job, take) => {
      live.set(job, take);
      // the lease was written before this: a revocation in between notified nobody
      lookNow();
      return {
        done: () => {
          if (live.get(job) === take) live.delete(job);
        },
      };
    },
    stop: async () => {
      clearInterval(timer);
      await listener.stop();
    },
  };
}
