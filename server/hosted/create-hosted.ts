import { hostname } from 'node:os';
import type { Hono } from 'hono';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { FindWho, WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { HostedSettings } from '../config/hosted-settings.ts';
import type { Operator } from '../operator/operator.ts';
import type { CallLimits } from '../providers/create-ask.ts';
import { underMigrationLock } from '../storage/migrate.ts';
import type { Storage } from '../storage/start-storage.ts';
import { storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import { type BudgetLimits, serverBudgetLeft } from './budget.ts';
import { startWorker, type Worker } from './create-worker.ts';
import { forgetKeys } from './enqueue.ts';
import { createHostedRoutes } from './hosted-routes.ts';
import { createJobNotices } from './job-notices.ts';
import { startJobQueue } from './job-queue.ts';
import { queueState } from './job-store.ts';

const FORGET_MS = 600_000;

export interface HostedOptions {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly operator: Operator;
  readonly settings: Pick<
    HostedSettings,
    'HOSTED_BUDGET_USD' | 'HOSTED_ACCOUNT_BUDGET_USD' | 'HOSTED_WORKERS' | 'HOSTED_QUEUE_PER_ACCOUNT'
  >;
  readonly limits: CallLimits;
  readonly log: Log;
  readonly registry: Registry;
  readonly now: () => Date;
}

export interface Hosted {
  /** `/v1/intent`, `/v1/intent/:id`, `/v1/intent/:id/events`; a worker on its own has no use for them. */
  routes(findWho: FindWho): Hono<WhoVariables>;
  /** Takes no further runs, lets running ones finish for that long, then puts them back into the queue and ends the event streams. The other routes go on. */
  drain(graceMs: number): Promise<void>;
  /** Once it is drained. */
  stop(): Promise<void>;
}

/** Queue, workers, notices and routes of hosted runs; the same parts make `npm run worker`. */
export async function createHosted(options: HostedOptions): Promise<Hosted> {
  const { storage, audit, operator, settings, limits, log, now } = options;
  const { db, address } = storage;
  const budget: BudgetLimits = {
    serverUsd: settings.HOSTED_BUDGET_USD,
    accountUsd: settings.HOSTED_ACCOUNT_BUDGET_USD,
  };
  const queue = await underMigrationLock(storage.pool, () =>
    startJobQueue({ address, log, runLimitMs: limits.runMs }),
  );
  const notices = createJobNotices(address, log);
  const ended = hostedMetrics(options, budget);
  const onEnd = (outcome: string): void => ended.inc({ outcome, provider: operator.offer.provider });
  const name = `${hostname()}:${process.pid}`;
  const stopping = new AbortController();
  const worker: Worker | undefined =
    settings.HOSTED_WORKERS === 0
      ? undefined
      : await startWorker({
          ...{ db, queue, notices, audit, operator, limits, log, name },
          atOnce: settings.HOSTED_WORKERS,
          now: () => performance.now(),
          onEnd,
        });
  const forget = setInterval(() => {
    db.transaction()
      .execute(forgetKeys)
      .catch((error: unknown) =>
        log.warn('old idempotency keys could not be forgotten', storageFields(error)),
      );
  }, FORGET_MS);
  forget.unref();

  return {
    routes: (findWho) =>
      createHostedRoutes({
        db,
        audit,
        findWho,
        notices,
        log,
        onEnd,
        queue,
        operator,
        limits: budget,
        maxOpen: settings.HOSTED_QUEUE_PER_ACCOUNT,
        now,
        stopping: stopping.signal,
      }),
    drain: async (graceMs) => {
      await worker?.stop(graceMs);
      stopping.abort();
    },
    stop: async () => {
      clearInterval(forget);
      await queue.stop();
      await notices.stop();
      await operator.close();
    },
  };
}

function hostedMetrics(
  { storage: { db }, registry, now }: HostedOptions,
  budget: BudgetLimits,
): Counter<'outcome' | 'provider'> {
  const registers = [registry];
  /** A scrape must not fail because the database is away. */
  const gauge = (name: string, help: string, read: () => Promise<number | undefined>): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await read().catch(() => undefined);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  gauge('oneturn_queue_depth', 'Hosted runs that wait.', async () => (await queueState(db)).depth);
  gauge(
    'oneturn_queue_oldest_seconds',
    'How long the first of them has waited.',
    async () => (await queueState(db)).oldestSeconds,
  );
  gauge('oneturn_budget_left_usd', 'What hosted runs may still cost today (UTC).', () =>
    serverBudgetLeft(db, budget, now()),
  );
  return new Counter({
    name: 'oneturn_hosted_runs_total',
    help: 'Hosted runs that ended here.',
    labelNames: ['outcome', 'provider'],
    registers,
  });
}
