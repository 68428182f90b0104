import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { closeJob } from '../../../server/hosted/close-job.ts';
import { writeEvents } from '../../../server/hosted/feed/event-store.ts';
import { takeJob } from '../../../server/hosted/job-store.ts';
import type { Storage } from '../../../server/storage/start-storage.ts';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import { NO_USAGE } from '../../../shared/contract/usage.ts';
import { buildPrograms } from '../../faults/programs.ts';
import { until } from '../../until.ts';
import { type Client, signUp } from '../accounts/accounts-app.ts';
import { freshStorage, urlTo } from '../database.ts';
import { ended, labEndpoint, read, start, type TestHosted, testHosted, watch } from './hosted-app.ts';

/** Workers in processes of their own, killed while they work. Whoever dies is noticed by pg-boss after 10 to 20 seconds. */

const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-worker-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const LAB = { HOSTED_PROVIDER: 'lab', HOSTED_MODELS: 'sandbox-1', HOSTED_PRICE_USD: '1/5' } as const;

interface Stage {
  readonly hosted: TestHosted;
  readonly storage: Storage;
  readonly client: Client;
  worker(): Promise<ChildProcess>;
  stop(): Promise<void>;
}

/** A server without workers of its own, whose provider is the test's sandbox, reached by every worker as a configured endpoint. */
async function stage(pace: 'real' | 'instant'): Promise<Stage> {
  const [programs, storage] = [await buildPrograms(), await freshStorage()];
  const hosted = await testHosted(storage, {
    settings: { ...LAB, HOSTED_WORKERS: '0' },
    sandbox: { pace },
  });
  const workers: ChildProcess[] = [];
  const env = {
    ...process.env,
    DATABASE_URL: urlTo(storage),
    DATA_DIR: dataDir,
    PROVIDER_ENDPOINTS: JSON.stringify([labEndpoint(hosted.sandbox)]),
    ...LAB,
    HOSTED_WORKERS: '1',
    SHUTDOWN_GRACE_MS: '0',
  };
  return {
    hosted,
    storage,
    client: await signUp(hosted.app),
    worker: async () => {
      const child = spawn(process.execPath, [programs.worker], {
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      workers.push(child);
      for await (const line of createInterface({ input: child.stdout }))
        if (line.includes('worker ready')) break;
      return child;
    },
    stop: async () => {
      for (const worker of workers) {
        if (worker.exitCode !== null || worker.signalCode !== null) continue;
        worker.kill('SIGKILL');
        await once(worker, 'exit');
      }
      await hosted.stop();
      await storage.stop();
    },
  };
}

/** How often the provider was asked in each phase. */
function asked({ hosted }: Stage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { phase } of hosted.sandbox.journal)
    counts.set(phase ?? 'other', (counts.get(phase ?? 'other') ?? 0) + 1);
  return counts;
}

async function untilDrafting(client: Client, id: string): Promise<void> {
  const drafting = async () =>
    expect((await read(client, id)).calls.some(({ call }) => call.startsWith('draft'))).toBe(true);
  await until(drafting);
}

// at once, for they mostly wait for pg-boss
describe.concurrent('a worker that is killed', () => {
  it('is followed by another one, who repeats only what has no recorded result, and says so', async () => {
    const on = await stage('real');
    const first = await on.worker();
    const id = await start(on.client);
    await untilDrafting(on.client, id);
    first.kill('SIGKILL');
    await once(first, 'exit');
    await on.worker();
    const run = await ended(on.client, id);

    expect(run).toMatchObject({ state: 'done', attempts: 2 });
    expect(asked(on).get('classification')).toBe(1);
    expect(asked(on).get('plan')).toBe(1);
    const unknown = run.calls.filter(({ attempt, state }) => attempt === 1 && state !== 'done');
    expect(unknown.length).toBeGreaterThan(0);
    const events = await watch(on.client, id);
    expect(events.filter(({ name }) => name === 'run')).toHaveLength(1);
    expect(events.filter(({ name }) => ['done', 'failed', 'cancelled'].includes(name))).toHaveLength(1);
    expect(
      events.some(
        ({ event }) => event?.event === 'call' && event.data.error?.message.includes('worker died'),
      ),
    ).toBe(true);
    const plan = savedPlan.parse((await on.client.send('GET', `/v1/plans/${run.planId}`)).json);
    expect(new Set(plan.drafts.map(({ item }) => item)).size).toBe(plan.drafts.length);
    const budgets = await on.storage.db
      .selectFrom('llm_budgets')
      .select(['scope', 'reserved_micros', 'spent_micros'])
      .execute();
    expect(budgets.map(({ reserved_micros }) => reserved_micros)).toEqual([0, 0]);
    expect(budgets[0]?.spent_micros).toBe(Math.ceil((run.usage.costUsd ?? 0) * 1_000_000));
    await on.stop();
  });

  it('twice over the same run ends it as failed, with what was written, exactly once', async () => {
    const on = await stage('real');
    const id = await start(on.client);
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const worker = await on.worker();
      await until(async () => expect((await read(on.client, id)).attempts).toBe(attempt));
      await untilDrafting(on.client, id);
      worker.kill('SIGKILL');
      await once(worker, 'exit');
    }
    await on.worker();
    const run = await ended(on.client, id);
    expect(run).toMatchObject({
      state: 'failed',
      attempts: 2,
      failure: { code: 'internal', message: expect.stringContaining('twice') },
      planId: expect.any(String),
    });
    const plans = await on.storage.db.selectFrom('intent_plans').select('id').execute();
    expect(plans).toHaveLength(1);
    await on.stop();
  });

  it('once before it had begun and once in the run ends it just so: both count', async () => {
    const on = await stage('real');
    const id = await start(on.client);
    // What pg-boss notes of a worker that fetched the job and died before it took it.
    await sql`update pgboss.job set retry_count = 1 where name = 'compose' and data->>'job' = ${id}`.execute(
      on.storage.db,
    );
    const worker = await on.worker();
    await untilDrafting(on.client, id);
    expect(await read(on.client, id)).toMatchObject({ attempts: 1 });
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    await on.worker();
    expect(await ended(on.client, id)).toMatchObject({
      state: 'failed',
      attempts: 2,
      failure: { code: 'internal', message: expect.stringContaining('twice') },
      planId: expect.any(String),
    });
    const [audited] = await on.storage.db
      .selectFrom('audit_entries')
      .select('detail')
      .where('action', '=', 'run.end')
      .execute();
    expect(JSON.parse(audited?.detail ?? '')).toMatchObject({ attempts: 2 });
    await on.stop();
  });
});

describe.concurrent('a worker that is stopped', () => {
  it('puts its run back, and the next one goes on at once, without using up the retry', async () => {
    const on = await stage('real');
    const first = await on.worker();
    const id = await start(on.client);
    await untilDrafting(on.client, id);
    first.kill('SIGTERM');
    await once(first, 'exit');
    expect(await read(on.client, id)).toMatchObject({ state: 'queued', attempts: 1, place: 1 });
    await on.worker();
    expect(await ended(on.client, id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(asked(on).get('plan')).toBe(1);
    await on.stop();
  });
});

describe('a worker that was thought dead', () => {
  it('writes no event, and ends nothing, once another one has the run', async () => {
    const on = await stage('instant');
    const id = await start(on.client);
    const { db } = on.storage;
    const zombie = await takeJob(db, id, 'zombie');
    const successor = await takeJob(db, id, 'successor');
    expect([zombie?.attempt, successor?.attempt]).toEqual([1, 2]);
    const event = { seq: 1, event: { event: 'run' as const, data: { id } } };
    expect(await writeEvents(db, { job: id, attempt: 1 }, [event])).toBe('lost');
    expect(
      await closeJob(
        on.hosted.audit,
        { job: id, attempt: 1 },
        { result: { outcome: 'done', drafts: 1 }, usage: NO_USAGE },
      ),
    ).toBe(false);
    expect(await writeEvents(db, { job: id, attempt: 2 }, [event])).toBe('written');
    expect(await writeEvents(db, { job: id, attempt: 2 }, [event])).toBe('written');
    expect(
      await closeJob(
        on.hosted.audit,
        { job: id, attempt: 2 },
        { result: { outcome: 'done', drafts: 1 }, usage: NO_USAGE },
      ),
    ).toBe(true);
    expect(
      await closeJob(
        on.hosted.audit,
        { job: id, attempt: 2 },
        { result: { outcome: 'cancelled' }, usage: NO_USAGE },
      ),
    ).toBe(false);
    expect((await watch(on.client, id)).map(({ name }) => name)).toEqual(['run', 'done']);
    await on.stop();
  });
});
