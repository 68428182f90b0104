import { describe, expect, it } from 'vitest';
import { failureBody } from '../../../shared/contract/failure.ts';
import { budgetState, hostedPage } from '../../../shared/contract/hosted.ts';
import { until } from '../../until.ts';
import { type Client, PASSWORD, signUp } from '../accounts/accounts-app.ts';
import { freshStorage, testStorage } from '../database.ts';
import { ended, GOAL, read, start, type TestHostedOptions, testHosted } from './hosted-app.ts';

const shared = await testStorage();

async function stage(options: TestHostedOptions) {
  const storage = await freshStorage();
  const hosted = await testHosted(storage, options);
  const stop = async () => {
    await hosted.stop();
    await storage.stop();
  };
  return { ...hosted, storage, stopAll: stop };
}

async function budget(client: Client) {
  return hostedPage.parse((await client.send('GET', '/v1/intent')).json).budget;
}

describe('the daily budget of hosted runs', () => {
  it('is told, kept for a run that waits, and settled with what it used', async () => {
    const on = await stage({
      settings: { HOSTED_PRICE_USD: '10/50', HOSTED_ACCOUNT_BUDGET_USD: '5', HOSTED_WORKERS: '0' },
    });
    const client = await signUp(on.app);
    expect(await budget(client)).toMatchObject({ limitUsd: 5, leftUsd: 5 });
    const id = await start(client);
    const kept = await budget(client);
    expect(kept.leftUsd).toBeLessThan(5);
    await on.another({ HOSTED_WORKERS: '1' });
    const { usage } = await ended(client, id);
    expect(usage.costUsd).toBeGreaterThan(0);
    const after = await budget(client);
    expect(after.leftUsd).toBeCloseTo(5 - (usage.costUsd ?? 0), 4);
    expect(after.leftUsd).toBeGreaterThan(kept.leftUsd ?? 0);
    await on.stopAll();
  });

  it('refuses with the time of its renewal when it is gone, makes no job, and takes nothing', async () => {
    const now = () => new Date('2026-11-21T18:30:00.000Z');
    const on = await stage({
      settings: { HOSTED_PRICE_USD: '10/50', HOSTED_ACCOUNT_BUDGET_USD: '0.01' },
      now,
    });
    const client = await signUp(on.app);
    const answer = await client.send('POST', '/v1/intent', GOAL, { 'idempotency-key': 'k' });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe(String(5.5 * 3600));
    const { error } = failureBody.parse(answer.json);
    expect(error).toMatchObject({ code: 'budget_exhausted', retryAfterSeconds: 5.5 * 3600 });
    expect(error.message).toContain('2026-11-22 00:00 UTC');
    expect(error.message).toContain('your own key');
    expect(await on.storage.db.selectFrom('intent_jobs').select('id').execute()).toEqual([]);
    expect(budgetState.parse(await budget(client)).leftUsd).toBe(0.01);
    // nothing was remembered under the key
    expect(
      (await client.send('POST', '/v1/intent', { goal: 'another' }, { 'idempotency-key': 'k' })).status,
    ).toBe(429);
    await on.stopAll();
  });

  it('lets only as many of many at once as it can pay for', async () => {
    const on = await stage({
      settings: {
        HOSTED_PRICE_USD: '10/50',
        HOSTED_BUDGET_USD: '5',
        HOSTED_ACCOUNT_BUDGET_USD: 'unlimited',
        HOSTED_WORKERS: '0',
      },
    });
    const clients = await Promise.all(Array.from({ length: 6 }, () => signUp(on.app)));
    const answers = await Promise.all(
      clients.flatMap((client) => [
        client.send('POST', '/v1/intent', GOAL),
        client.send('POST', '/v1/intent', GOAL),
      ]),
    );
    const started = answers.filter(({ status }) => status === 202).length;
    const refused = answers.filter(({ status }) => status === 429).length;
    expect([started > 0, refused > 0, started + refused]).toEqual([true, true, 12]);
    const row = await on.storage.db
      .selectFrom('llm_budgets')
      .selectAll()
      .where('scope', '=', 'server')
      .executeTakeFirstOrThrow();
    expect(row.reserved_micros).toBeLessThanOrEqual(5_000_000);
    const jobs = await on.storage.db.selectFrom('intent_jobs').select('reserved_micros').execute();
    expect(jobs).toHaveLength(started);
    expect(jobs.reduce((sum, job) => sum + job.reserved_micros, 0)).toBe(row.reserved_micros);
    await on.stopAll();
  });

  it('stops a run that would cost more than was kept for it, and keeps what it has', async () => {
    const on = await stage({ settings: { HOSTED_PRICE_USD: '10/50' } });
    const client = await signUp(on.app);
    const id = await start(client, { ...GOAL, caps: { costUsd: 0.15 } });
    const run = await ended(client, id);
    expect(run).toMatchObject({ state: 'failed', failure: { reason: 'cap' }, planId: expect.any(String) });
    await on.stopAll();
  });
});

describe('the queue', () => {
  it('takes only so many open runs of one account', async () => {
    const on = await stage({ settings: { HOSTED_WORKERS: '0', HOSTED_QUEUE_PER_ACCOUNT: '2' } });
    const client = await signUp(on.app);
    await start(client);
    await start(client);
    const answer = await client.send('POST', '/v1/intent', GOAL);
    expect(answer).toMatchObject({ status: 429, json: { error: { code: 'rate_limited' } } });
    expect((await (await signUp(on.app)).send('POST', '/v1/intent', GOAL)).status).toBe(202);
    await on.stopAll();
  });

  it('makes row, reservation, queue entry and audit line together, or none of them', async () => {
    const on = await stage({ settings: { HOSTED_WORKERS: '0', HOSTED_PRICE_USD: '1/5' } });
    const client = await signUp(on.app);
    const { db, pool } = on.storage;
    // fails at the very end of the transaction
    await pool.query(
      "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$",
    );
    await pool.query(
      "create trigger refuse before insert on audit_entries for each row when (new.action = 'run.start') execute function refuse()",
    );
    expect((await client.send('POST', '/v1/intent', GOAL)).status).toBe(500);
    expect(await db.selectFrom('intent_jobs').select('id').execute()).toEqual([]);
    expect(await db.selectFrom('llm_budgets').selectAll().where('reserved_micros', '>', 0).execute()).toEqual(
      [],
    );
    expect((await pool.query('select id from pgboss.job')).rows).toEqual([]);
    await pool.query('drop trigger refuse on audit_entries');
    const id = await start(client);
    expect((await pool.query("select data->>'job' as job from pgboss.job")).rows).toEqual([{ job: id }]);
    await on.stopAll();
  });

  it('is measured: depth, age, budget, and how runs ended', async () => {
    const on = await stage({
      settings: { HOSTED_WORKERS: '0', HOSTED_PRICE_USD: '1/5', HOSTED_BUDGET_USD: '3' },
    });
    const client = await signUp(on.app);
    await start(client);
    const text = await on.registry.metrics();
    expect(text).toMatch(/^oneturn_queue_depth 1$/m);
    expect(text).toMatch(/^oneturn_queue_oldest_seconds 0\.\d+$/m);
    expect(Number(/^oneturn_budget_left_usd (\S+)$/m.exec(text)?.[1])).toBeLessThan(3);
    await on.stopAll();
  });

  it('counts the ends of runs', async () => {
    const on = await stage({});
    const client = await signUp(on.app);
    await ended(client, await start(client));
    expect(await on.registry.metrics()).toContain(
      'oneturn_hosted_runs_total{outcome="done",provider="sandbox"} 1',
    );
    await on.stopAll();
  });

  it('has back what was kept for waiting runs of an account that is deleted', async () => {
    const on = await stage({ settings: { HOSTED_PRICE_USD: '10/50', HOSTED_WORKERS: '0' } });
    const client = await signUp(on.app);
    await start(client);
    expect((await client.send('POST', '/v1/auth/delete-user', { password: PASSWORD })).status).toBe(200);
    const row = await on.storage.db
      .selectFrom('llm_budgets')
      .select(['reserved_micros', 'spent_micros'])
      .where('scope', '=', 'server')
      .execute();
    expect(row).toEqual([{ reserved_micros: 0, spent_micros: 0 }]);
    await on.stopAll();
  });

  it('counts a run that was cancelled while it waited', async () => {
    const on = await stage({ settings: { HOSTED_WORKERS: '0' } });
    const client = await signUp(on.app);
    const id = await start(client);
    await client.send('DELETE', `/v1/intent/${id}`);
    await client.send('DELETE', `/v1/intent/${id}`);
    expect(await on.registry.metrics()).toContain(
      'oneturn_hosted_runs_total{outcome="cancelled",provider="sandbox"} 1',
    );
    await on.stopAll();
  });

  it('goes on after the database lost every connection while a run was under way', async () => {
    const on = await stage({ sandbox: { pace: 'fast' } });
    const client = await signUp(on.app);
    const id = await start(client);
    await until(async () => expect((await read(client, id)).calls.length).toBeGreaterThan(2));
    await shared.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [databaseOf(on.storage)],
    );
    expect(await ended(client, id)).toMatchObject({ state: 'done', attempts: 1 });
    await on.stopAll();
  });
});

function databaseOf(storage: Awaited<ReturnType<typeof freshStorage>>): string {
  if (!('connectionString' in storage.address)) throw new Error('a fresh database is reached by its URL');
  return new URL(storage.address.connectionString).pathname.slice(1);
}
