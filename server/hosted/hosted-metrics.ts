import type { Kysely } from 'kysely';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../storage/database.ts';
import { type BudgetLimits, serverBudgetLeft } from './budget.ts';
import type { RunCounter } from './hosted-route-parts.ts';
import { queueState } from './job-store.ts';

export interface HostedMetricsOptions {
  readonly registry: Registry;
  readonly db: Kysely<Database>;
  readonly budget: BudgetLimits;
  readonly now: () => Date;
}

/** Queue, budget and ended runs. Labels are ids of providers and names of the contract only. */
export function createHostedMetrics({ registry, db, budget, now }: HostedMetricsOptions): RunCounter {
  const registers = [registry];
  /** A scrape must not fail because the database is away. */
  const gauge = (name: string, help: string, read: () => Promise<number | undefined>): Gauge =>
    new Gauge({
      name,
      help,
      // every process asks the same database
      aggregator: 'max',
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
  const ended = new Counter({
    name: 'oneturn_hosted_runs_total',
    help: 'Hosted runs that ended here.',
    labelNames: ['outcome', 'provider'],
    registers,
  });
  return ({ outcome, provider }) => ended.inc({ outcome, provider });
}
