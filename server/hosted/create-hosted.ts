import { hostname } from 'node:os';
import type { Hono } from 'hono';
import type { Registry } from 'prom-client';
import type { FindWho, WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { HostedSettings } from '../config/hosted-settings.ts';
import type { CallLimits } from '../providers/call-limits.ts';
import type { SkillCatalog } from '../runs/skill-catalog.ts';
import { underMigrationLock } from '../storage/migrate.ts';
import type { Storage } from '../storage/start-storage.ts';
import type { Log } from '../telemetry/log.ts';
import type { BudgetLimits } from './budget.ts';
import { startWorker, type Worker, type WorkerOptions } from './create-worker.ts';
import { createFeedPlaces, type FeedPlaces } from './feed/feed-places.ts';
import { createHostedMetrics } from './hosted-metrics.ts';
import { createHostedRoutes } from './hosted-routes.ts';
import { createJobNotices } from './job-notices.ts';
import { startJobQueue } from './job-queue.ts';
import { keepTidy } from './keep-tidy.ts';
import type { Payers } from './payer.ts';

/** `payers` have the credentials that jobs run on; nothing in this room knows one. */
export interface HostedOptions {
  readonly storage: Storage;
  readonly audit: Audit;
  readonly payers: Payers;
  readonly catalog: SkillCatalog;
  readonly settings: Pick<
    HostedSettings,
    | 'HOSTED_BUDGET_USD'
    | 'HOSTED_ACCOUNT_BUDGET_USD'
    | 'HOSTED_WORKERS'
    | 'HOSTED_QUEUE_PER_ACCOUNT'
    | 'RETENTION_DAYS'
  >;
  readonly limits: CallLimits;
  readonly log: Log;
  readonly registry: Registry;
  /** Absent: this process counts its own. */
  readonly places?: FeedPlaces | undefined;
  readonly now: () => Date;
}

/** The routes and the life of the queue's workers in this process. */
export interface Hosted {
  /** `/v1/intent`, `/v1/intent/:id`, `/v1/intent/:id/events`; a worker on its own has no use for them. */
  routes(findWho: FindWho): Hono<WhoVariables>;
  /** Takes no further runs, lets running ones finish for that long, then puts them back into the queue and ends the event streams. The other routes go on. */
  drain(graceMs: number): Promise<void>;
  /** Once it is drained. */
  stop(): Promise<void>;
}

/** Queue, workers, notices and routes of hosted runs; the same parts make `npm run worker`. Whoever made the payers closes them. */
export async function createHosted(options: HostedOptions): Promise<Hosted> {
  const { storage, audit, payers, settings, limits, log, now } = options;
  const { db, address } = storage;
  const budget: BudgetLimits = {
    serverUsd: settings.HOSTED_BUDGET_USD,
    accountUsd: settings.HOSTED_ACCOUNT_BUDGET_USD,
  };
  const queue = await underMigrationLock(storage.pool, () =>
    startJobQueue({ address, log, runLimitMs: limits.runMs }),
  );
  const notices = createJobNotices(address, log);
  const onEnd = createHostedMetrics({ registry: options.registry, db, budget, now });
  const stopping = new AbortController();
  const shared = { db, audit, payers, queue, notices, log, onEnd };
  const worker = await startWorkers(options, shared);
  const tidying = keepTidy(options);

  return {
    routes: (findWho) => {
      const maxOpen = settings.HOSTED_QUEUE_PER_ACCOUNT;
      return createHostedRoutes({
        ...shared,
        places: options.places ?? createFeedPlaces(),
        findWho,
        limits: budget,
        maxOpen,
        now,
        stopping: stopping.signal,
      });
    },
    drain: async (graceMs) => {
      await worker?.stop(graceMs);
      stopping.abort();
    },
    stop: async () => {
      await tidying.stop();
      await queue.stop();
      await notices.stop();
    },
  };
}

type WorkerParts = Pick<WorkerOptions, 'db' | 'queue' | 'notices' | 'audit' | 'payers' | 'log' | 'onEnd'>;

/** Undefined: this process takes no jobs, it only queues them. */
async function startWorkers(
  { settings, limits, catalog }: HostedOptions,
  shared: WorkerParts,
): Promise<Worker | undefined> {
  const atOnce = settings.HOSTED_WORKERS;
  if (atOnce === 0) return undefined;
  const name = `${hostname()}:${process.pid}`;
  return startWorker({ ...shared, limits, catalog, name, atOnce, now: () => performance.now() });
}
