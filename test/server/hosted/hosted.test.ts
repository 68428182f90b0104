import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { builtinCatalog } from '../../../server/runs/skill-catalog.ts';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import { until } from '../../until.ts';
import { failed, signUp } from '../accounts/accounts-app.ts';
import { freshStorage, testStorage } from '../database.ts';
import { ended, GOAL, read, start, testHosted, watch } from './hosted-app.ts';

const storage = await testStorage();

const { db } = storage;

const hosted = await testHosted(storage, { settings: { HOSTED_PRICE_USD: '1/5' } });

afterAll(() => hosted.stop());

const { app, sandbox } = hosted;

describe('a hosted run', () => {
  it('is queued, runs all phases, and ends as a plan', async () => {
    const client = await signUp(app, 'runner');
    const snapshot = vi.spyOn(builtinCatalog, 'snapshot');
    onTestFinished(() => snapshot.mockRestore());
    const answer = await client.send('POST', '/v1/intent', GOAL);
    expect(answer).toMatchObject({
      status: 202,
      json: { state: expect.stringMatching(/queued|running/), provider: 'sandbox', model: 'sandbox-1' },
    });
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    const run = await ended(client, id);
    expect(run).toMatchObject({
      state: 'done',
      attempts: 1,
      failure: null,
      credentials: 'none',
      place: null,
    });
    expect(run.usage.costUsd).toBeGreaterThan(0);
    // what is private to its workspace, too
    const { workspace_id } = await db
      .selectFrom('intent_jobs')
      .select('workspace_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(snapshot).toHaveBeenCalledWith(workspace_id);
    expect(run.phases.map(({ phase, endedAt }) => [phase, endedAt !== null])).toEqual([
      ['classifying', true],
      ['planning', true],
      ['drafting', true],
      ['analyzing', true],
    ]);
    expect(run.calls.every(({ state, ms, usage }) => state === 'done' && ms !== null && usage !== null)).toBe(
      true,
    );
    const plan = savedPlan.parse((await client.send('GET', `/v1/plans/${run.planId}`)).json);
    expect(plan).toMatchObject({
      goal: GOAL.goal,
      outcome: 'done',
      origin: { provider: 'sandbox', model: 'sandbox-1', credentials: 'none' },
    });
    expect(plan.drafts.length).toBeGreaterThan(0);
    expect(plan.analyses).toHaveLength(plan.drafts.length);
    expect(plan.usage).toEqual(run.usage);
  });

  it('is refused when it comes with a key: that would be the operator’s money, and the key for nothing', async () => {
    const client = await signUp(app);
    for (const key of ['sk-ant-api03-pasted-into-the-wrong-route', '']) {
      const answer = await client.send('POST', '/v1/intent', GOAL, { 'x-provider-key': key });
      expect(failed(answer)).toEqual({
        status: 400,
        code: 'invalid_request',
        message: 'A key has no place here; use /v1/intent/byo.',
      });
    }
    expect((await client.send('GET', '/v1/intent')).json).toMatchObject({ runs: [] });
  });

  it('is told as the same events as any run, numbered, ending with one last one', async () => {
    const client = await signUp(app);
    const id = await start(client);
    const events = (await watch(client, id)).filter(({ name }) => name !== 'queued');
    expect(events[0]).toMatchObject({ name: 'run', event: { data: { id } } });
    expect(events.at(-1)?.name).toBe('done');
    expect(events.filter(({ name }) => ['done', 'failed', 'cancelled'].includes(name))).toHaveLength(1);
    const ids = events.map((event) => event.id ?? 0);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(new Set(ids).size).toBe(ids.length);
    expect(events.every(({ event }) => event !== undefined)).toBe(true);
  });

  it('is resumed from any event, by any process, without a gap and without a repetition', async () => {
    const client = await signUp(app);
    const id = await start(client);
    await ended(client, id);
    const whole = await watch(client, id);
    for (const after of [0, 1, Math.floor(whole.length / 2), whole.at(-2)?.id ?? 0]) {
      expect(await watch(client, id, after)).toEqual(whole.filter((event) => (event.id ?? 0) > after));
    }
    expect(await watch(client, id, whole.at(-1)?.id)).toEqual([]);
  });

  it('keeps a failed provider’s sentence, and what was done before', async () => {
    const client = await signUp(app);
    sandbox.script([{ phase: 'plan', fault: 'openai-500' }]);
    const id = await start(client);
    const run = await ended(client, id);
    sandbox.script([]);
    expect(run).toMatchObject({ state: 'failed', planId: null, failure: { code: 'provider_overloaded' } });
    expect(run.calls.map(({ state }) => state)).toEqual(['done', 'failed']);
    expect((await watch(client, id)).at(-1)).toMatchObject({
      name: 'failed',
      event: { data: { error: run.failure } },
    });
  });

  it('leaves its start and end in the audit log, without the goal', async () => {
    const client = await signUp(app, 'audited-runner');
    const id = await start(client);
    await ended(client, id);
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      .where('handle', '=', 'audited-runner')
      .where('action', 'like', 'run.%')
      .orderBy('seq')
      .execute();
    expect(
      rows.map(({ action, outcome, subject, provider }) => [action, outcome, subject, provider]),
    ).toEqual([
      ['run.start', 'ok', id, 'sandbox'],
      ['run.end', 'ok', id, 'sandbox'],
    ]);
    expect(JSON.stringify(rows)).not.toContain('pull requests');
  });

  it('names the field of everything that is not the contract', async () => {
    const client = await signUp(app);
    const cases: [object, string][] = [
      [{ ...GOAL, provider: 'anthropic' }, 'provider'],
      [{ ...GOAL, apiKey: 'sk-x' }, 'apiKey'],
      [{ ...GOAL, model: 'gpt-5' }, 'model'],
      [{ goal: '' }, 'goal'],
      [{ ...GOAL, caps: { costUsd: -1 } }, 'caps.costUsd'],
      [{ ...GOAL, caps: { costUsd: 1, more: 1 } }, 'caps.more'],
    ];
    for (const [body, field] of cases)
      expect(failed(await client.send('POST', '/v1/intent', body))).toMatchObject({ status: 422, field });
    // as: the test reads its own server's answer
    expect(((await client.send('GET', '/v1/intent')).json as { runs: unknown[] }).runs).toEqual([]);
  });
});

describe('cancelling', () => {
  it('ends a run that waits at once, and gives its reservation back', async () => {
    const own = await freshStorage();
    const waiting = await testHosted(own, { settings: { HOSTED_WORKERS: '0', HOSTED_PRICE_USD: '1/5' } });
    const client = await signUp(waiting.app);
    const before = await start(client);
    const id = await start(client);
    expect(await read(client, before)).toMatchObject({ state: 'queued', place: 1 });
    expect(await read(client, id)).toMatchObject({ state: 'queued', place: 2 });
    expect(await client.send('DELETE', `/v1/intent/${id}`)).toMatchObject({
      status: 202,
      json: { state: 'cancelled', planId: null },
    });
    expect((await watch(client, id)).map(({ name }) => name)).toEqual(['cancelled']);
    expect((await client.send('DELETE', `/v1/intent/${id}`)).status).toBe(202);
    await client.send('DELETE', `/v1/intent/${before}`);
    const budgets = await own.db
      .selectFrom('llm_budgets')
      .select(['reserved_micros', 'spent_micros'])
      .execute();
    expect(budgets).toEqual([
      { reserved_micros: 0, spent_micros: 0 },
      { reserved_micros: 0, spent_micros: 0 },
    ]);
    await waiting.stop();
    await own.stop();
  });

  it('stops a running one in another process, closes its sockets, and keeps what it had', async () => {
    const own = await freshStorage();
    const slow = await testHosted(own, { settings: { HOSTED_WORKERS: '0' }, sandbox: { pace: 'real' } });
    await slow.another({ HOSTED_WORKERS: '1' });
    const client = await signUp(slow.app);
    const id = await start(client);
    await until(async () =>
      expect((await read(client, id)).calls.some(({ call }) => call.startsWith('draft'))).toBe(true),
    );
    await client.send('DELETE', `/v1/intent/${id}`);
    const run = await ended(client, id);
    expect(run).toMatchObject({ state: 'cancelled', failure: null, planId: expect.any(String) });
    const states = new Set(run.calls.map(({ phase, state }) => `${phase} ${state}`));
    expect([...states].filter((one) => /class|plan/.test(one))).toEqual([
      'classifying done',
      'planning done',
    ]);
    expect(states).toContain('drafting cancelled');
    expect([...states].filter((one) => /failed|running|unknown/.test(one))).toEqual([]);
    await until(() => expect(slow.sandbox.counters.openSockets).toBe(0));
    expect(slow.sandbox.counters.aborted).toBeGreaterThan(0);
    expect((await watch(client, id)).at(-1)?.name).toBe('cancelled');
    await slow.stop();
    await own.stop();
  });
});

describe('Idempotency-Key', () => {
  it('gives one job to the same request, now and later, and to two at once', async () => {
    const client = await signUp(app);
    const attempt = () => client.send('POST', '/v1/intent', GOAL, { 'idempotency-key': 'night-1' });
    const answers = await Promise.all([attempt(), attempt(), attempt()]);
    // as: the test reads its own server's answer
    const ids = answers.map(({ json }) => (json as { id: string }).id);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(ids).size).toBe(1);
    await ended(client, ids[0] ?? '');
    const later = await attempt();
    expect(later).toMatchObject({ status: 202, json: { id: ids[0], state: 'done' } });
    expect(later.headers.get('idempotency-replayed')).toBe('true');
  });

  it('refuses another request under the same key, and is not used up by one that was refused', async () => {
    const client = await signUp(app);
    const attempt = (goal: string) => client.send('POST', '/v1/intent', { goal }, { 'idempotency-key': 'k' });
    expect((await attempt('')).status).toBe(422);
    expect((await attempt('one goal')).status).toBe(202);
    expect(failed(await attempt('another goal'))).toMatchObject({ status: 409, code: 'conflict' });
    const other = await signUp(app);
    expect(
      (await other.send('POST', '/v1/intent', { goal: 'another goal' }, { 'idempotency-key': 'k' })).status,
    ).toBe(202);
    expect(
      failed(await client.send('POST', '/v1/intent', GOAL, { 'idempotency-key': 'x'.repeat(256) })),
    ).toMatchObject({ status: 422 });
  });
});
