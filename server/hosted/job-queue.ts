import type { Transaction } from 'kysely';
import { fromKysely, type Job, PgBoss } from 'pg-boss';
import type { PoolAddress } from '../storage/create-pool.ts';
import type { Database } from '../storage/database.ts';
import { storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';

/**
 * pg-boss as the queue of hosted runs. A job carries nothing but its row's id: state, result and order live in `intent_jobs`, and
 * pg-boss says who is to run it, notices a worker that died, and gives the job to another one once.
 */

const QUEUE = 'compose';
const DEAD = 'compose-dead';
/** The shortest that pg-boss takes: a dead worker's job starts again after this and one look of the supervisor. */
const HEARTBEAT_SECONDS = 10;
const SUPERVISE_SECONDS = 5;
/** Polling is a fallback, since jobs are notified. pg-boss's default of 30 s would leave a backlog waiting. */
const POLL_SECONDS = 2;
const KEEP_SECONDS = 3600;

interface JobData {
  readonly job: string;
}

/** What a worker holds while it works on a job. */
export interface Claim {
  /** Aborted when the job is taken away. */
  readonly signal: AbortSignal;
  /** Ends the job in the transaction that puts its row back: a crash in between would give the row to two workers. */
  settle(trx: Transaction<Database>): Promise<void>;
}

export interface JobQueue {
  /** In the transaction that makes the row. */
  add(trx: Transaction<Database>, job: string): Promise<void>;
  /** Runs `run` for each job, `atOnce` at a time, and `giveUp` for one that two workers died of. */
  work(
    atOnce: number,
    run: (job: string, claim: Claim) => Promise<void>,
    giveUp: (job: string) => Promise<void>,
  ): Promise<void>;
  /** Takes no further jobs, waits for none. */
  pause(): Promise<void>;
  stop(): Promise<void>;
}

export interface JobQueueOptions {
  readonly address: PoolAddress;
  readonly log: Log;
  /** A run's whole time; pg-boss takes a job away from a worker that is still at it a minute later. */
  readonly runLimitMs: number;
}

/** Starts pg-boss, which makes its schema when there is none: call it under the migration lock. */
export async function startJobQueue({ address, log, runLimitMs }: JobQueueOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    ...address,
    max: 4,
    application_name: 'oneturn queue',
    useListenNotify: true,
    schedule: false,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    monitorVacuum: false,
    reindex: false,
  });
  boss.on('error', (error) => log.warn('the queue lost the database', storageFields(error)));
  boss.on('warning', () => undefined);
  await boss.start();
  await boss.createQueue(DEAD, {
    retryLimit: 20,
    retryDelay: 5,
    retryBackoff: true,
    deleteAfterSeconds: KEEP_SECONDS,
  });
  const options = {
    notify: true,
    retryLimit: 1,
    retryDelay: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: Math.ceil(runLimitMs / 1000) + 60,
    deleteAfterSeconds: KEEP_SECONDS,
    deadLetter: DEAD,
  };
  await boss.createQueue(QUEUE, options);
  await boss.updateQueue(QUEUE, options);

  return {
    add: async (trx, job) => {
      await boss.send(QUEUE, { job } satisfies JobData, { db: fromKysely(trx) });
    },
    work: async (atOnce, run, giveUp) => {
      const polling = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
      await boss.work(QUEUE, { ...polling, localConcurrency: atOnce }, async ([job]: Job<JobData>[]) => {
        if (job === undefined) return;
        const settle = async (trx: Transaction<Database>) =>
          void (await boss.complete(QUEUE, job.id, null, { db: fromKysely(trx) }));
        await run(job.data.job, { signal: job.signal, settle });
      });
      await boss.work(
        DEAD,
        { pollingIntervalSeconds: POLL_SECONDS },
        async ([job]: Job<JobData>[]) => job && giveUp(job.data.job),
      );
    },
    pause: async () => {
      await boss.offWork(QUEUE, { wait: false });
      await boss.offWork(DEAD, { wait: false });
    },
    stop: () => boss.stop({ graceful: true, timeout: 5000 }),
  };
}
