import type { Kysely } from 'kysely';
import type { Failure } from '../../shared/contract/failure.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { CallLimits } from '../providers/call-limits.ts';
import { isShutdown, RunAborted } from '../runs/run-aborted.ts';
import type { SkillCatalog } from '../runs/skill-catalog.ts';
import type { Database } from '../storage/database.ts';
import { storageFields } from '../storage/storage-error.ts';
import { whileAway } from '../storage/while-away.ts';
import type { Log } from '../telemetry/log.ts';
import { closeJob } from './close-job.ts';
import { lastSeq, readRecord } from './feed/event-store.ts';
import { createEventWriter } from './feed/event-writer.ts';
import type { RunCounter } from './hosted-route-parts.ts';
import type { JobNotices } from './job-notices.ts';
import type { Claim, JobQueue } from './job-queue.ts';
import { type Attempt, countDeadAttempts, readAnyJob, requeueJob, takeJob } from './job-store.ts';
import type { Payers } from './payer.ts';
import { workOf } from './recorded-work.ts';
import { runJob } from './run-job.ts';

const GAVE_UP: Failure = {
  code: 'internal',
  message:
    'The worker died twice during this run, so it was ended. What was written is kept as a plan: resume it from there.',
};

export interface WorkerOptions {
  readonly db: Kysely<Database>;
  readonly queue: JobQueue;
  readonly notices: JobNotices;
  readonly audit: Audit;
  readonly payers: Payers;
  readonly catalog: SkillCatalog;
  readonly limits: CallLimits;
  readonly log: Log;
  /** Names this process in the job's row. */
  readonly name: string;
  readonly atOnce: number;
  readonly now: () => number;
  readonly onEnd: RunCounter;
}

export interface Worker {
  /** Takes no further jobs, lets running ones finish for that long, and puts the rest back into the queue. */
  stop(graceMs: number): Promise<void>;
}

export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const running = new Map<AbortController, Promise<void>>();
  await options.queue.work(
    options.atOnce,
    async (job, claim) => {
      const controller = new AbortController();
      const run = workOn(job, claim, controller, options);
      running.set(controller, run);
      await run.finally(() => running.delete(controller));
    },
    (job) => giveUp(job, options),
  );

  return {
    stop: async (graceMs) => {
      await options.queue.pause();
      const all = Promise.allSettled([...running.values()]);
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
      clearTimeout(timer);
      for (const controller of running.keys()) controller.abort(new RunAborted('shutdown'));
      await Promise.allSettled([...running.values()]);
    },
  };
}

async function workOn(
  job: string,
  claim: Claim,
  controller: AbortController,
  options: WorkerOptions,
): Promise<void> {
  const { db, notices, audit, limits, log } = options;
  const row = await whileAway(() => takeJob(db, job, options.name));
  if (row === undefined) return closeUntaken(job, options);
  const attempt = { job, attempt: row.attempt };

  let lost = false;
  const end = (why: RunAborted['why']): void => controller.abort(new RunAborted(why));
  const lose = (): void => {
    lost = true;
    end('left');
  };
  const stopListening = notices.onCancel(job, () => end('left'));
  const timer = setTimeout(() => end('run_time'), limits.runMs);
  claim.signal.addEventListener('abort', lose, { once: true });
  try {
    const [before, after] = await whileAway(
      async () => [workOf(await readRecord(db, job)), await lastSeq(db, job)] as const,
    );
    const onStop = (why: 'cancel' | 'lost' | 'broken'): void => (why === 'cancel' ? end('left') : lose());
    const writer = createEventWriter({ db, attempt, after, onStop });
    const ended = await runJob(row, before, writer, { ...options, signal: controller.signal });
    if (lost) return log.warn('a hosted run went to another worker', { job, attempt: row.attempt });
    if (isShutdown(controller.signal)) return await putBack(attempt, claim, options);
    const closed = await whileAway(() => closeJob(audit, attempt, ended));
    const { result, usage } = ended;
    if (closed) options.onEnd({ outcome: result.outcome, provider: row.provider });
    log.info('hosted run', {
      job,
      attempt: row.attempt,
      outcome: result.outcome,
      code: result.outcome === 'failed' ? result.failure.code : undefined,
      costUsd: usage.costUsd,
    });
  } catch (error) {
    log.error('a hosted run broke', { job, attempt: row.attempt, ...storageFields(error) });
    // pg-boss gives it to a worker once more, then to `giveUp`
    throw error;
  } finally {
    clearTimeout(timer);
    claim.signal.removeEventListener('abort', lose);
    stopListening();
  }
}

/** A job that could not be taken is over, or was cancelled while it waited. */
async function closeUntaken(job: string, { db, audit, onEnd }: WorkerOptions): Promise<void> {
  const row = await readAnyJob(db, job);
  if (row === undefined || !row.cancel_requested) return;
  const { usage } = workOf(await readRecord(db, job));
  const closed = await closeJob(
    audit,
    { job, attempt: row.attempt },
    { result: { outcome: 'cancelled' }, usage },
  );
  if (closed) onEnd({ outcome: 'cancelled', provider: row.provider });
}

/** Queues a new job for the same row: that this process stops is no crash, and must not use up the one retry. */
async function putBack(attempt: Attempt, claim: Claim, { db, queue, log }: WorkerOptions): Promise<void> {
  await whileAway(() =>
    db.transaction().execute(async (trx) => {
      if (!(await requeueJob(trx, attempt))) return;
      await claim.settle(trx);
      await queue.add(trx, attempt.job);
    }),
  );
  log.info('a hosted run goes back into the queue', { job: attempt.job });
}

async function giveUp(job: string, { db, audit, log, onEnd }: WorkerOptions): Promise<void> {
  const row = await countDeadAttempts(db, job);
  if (row === undefined) return;
  const { usage } = workOf(await readRecord(db, job));
  const closed = await closeJob(
    audit,
    { job, attempt: row.attempt },
    { result: { outcome: 'failed', failure: GAVE_UP }, usage },
  );
  if (!closed) return;
  onEnd({ outcome: 'failed', provider: row.provider });
  log.error('a hosted run was given up', { job, attempts: row.attempt });
}
