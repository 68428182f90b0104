import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { createPlans } from '../../../server/plans/create-plans.ts';
import { MAX_PLANS } from '../../../server/plans/plan-store.ts';
import { failureBody } from '../../../shared/contract/failure.ts';
import { planConflict, planSummary, savedPlan } from '../../../shared/contract/saved-plan.ts';
import { Client, failed, signUp, testAccounts } from '../accounts/accounts-app.ts';
import { quiet, testStorage } from '../database.ts';
import { list, save } from './plan-client.ts';
import { finishedPlan } from './plan-fixture.ts';

const storage = await testStorage();

const { db } = storage;

const { app, audit, findWho } = testAccounts(storage);

const plans = createPlans({ db, audit, findWho, log: quiet, reusedFolders: async () => [] });

app.route('/', plans.routes);

afterAll(() => plans.stop());

describe('saving a plan', () => {
  it('keeps all of it, with its origin and usage', async () => {
    const client = await signUp(app);
    const { id } = await save(client);
    const answer = await client.send('GET', `/v1/plans/${id}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(savedPlan.parse(answer.json)).toMatchObject({
      ...finishedPlan(),
      id,
      rev: 1,
      title: 'Weekly release notes',
    });
  });

  it('keeps how its drafts are tried and what came of it, through an edit of something else', async () => {
    const client = await signUp(app);
    const evals = [{ item: 'i1', load: ['Collect them'], skip: ['Write them up'] }];
    const prompts = [{ text: 'Collect them', should: true, chosen: ['collect-prs'] }];
    const trials = [{ item: 'i1', digest: 'sha256:0', provider: 'sandbox', model: 'sandbox-1', prompts }];
    const { id } = await save(client, finishedPlan({ evals, trials }));
    const read = async () => savedPlan.parse((await client.send('GET', `/v1/plans/${id}`)).json);
    expect(await read()).toMatchObject({ evals, trials });

    await client.send('PATCH', `/v1/plans/${id}`, { title: 'Other' }, { 'if-match': '"1"' });
    expect(await read()).toMatchObject({ title: 'Other', evals, trials });
  });

  it('takes a stopped run without a plan, named by the first line of its goal', async () => {
    const client = await signUp(app);
    const goal = `\n  First line\nsecond line\n${'x'.repeat(500)}`;
    const summary = await save(
      client,
      finishedPlan({ goal, intent: null, plan: null, drafts: [], analyses: [], outcome: 'cancelled' }),
    );
    expect(summary).toMatchObject({ title: 'First line', outcome: 'cancelled', drafts: 0 });
    expect(summary.goal).toHaveLength(300);
  });

  it('keeps emoji, right-to-left text and what looks like SQL as they are', async () => {
    const client = await signUp(app);
    const title = "Ω 👩‍🚀 مرحبا'; drop table intent_plans; --";
    const { id } = await save(client, finishedPlan({ title }));
    expect(savedPlan.parse((await client.send('GET', `/v1/plans/${id}`)).json).title).toBe(title);
  });

  it('makes one plan of a request that is repeated with its Idempotency-Key, also at once', async () => {
    const client = await signUp(app);
    const attempt = () => client.send('POST', '/v1/plans', finishedPlan(), { 'idempotency-key': 'run-1' });
    const answers = await Promise.all([attempt(), attempt(), attempt()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ json }) => planSummary.parse(json).id)).size).toBe(1);
    expect((await list(client)).total).toBe(1);
    const other = await client.send('POST', '/v1/plans', finishedPlan({ title: 'Another' }), {
      'idempotency-key': 'run-1',
    });
    expect(failed(other)).toMatchObject({ status: 409, code: 'conflict' });
    const neighbour = await signUp(app);
    await save(neighbour, finishedPlan(), { 'idempotency-key': 'run-1' });
    expect(
      failed(await client.send('POST', '/v1/plans', finishedPlan(), { 'idempotency-key': 'ü' })),
    ).toMatchObject({ status: 422 });
  });

  it('names the field of everything that is not the contract, and stores nothing', async () => {
    const client = await signUp(app);
    const plan = finishedPlan();
    const [draft] = plan.drafts;
    const cases: [object | string, string][] = [
      [{ ...plan, apiKey: 'sk-ant-x' }, 'apiKey'],
      [{ ...plan, origin: { ...plan.origin, key: 'sk-ant-x' } }, 'origin.key'],
      [{ ...plan, ownerId: 'someone' }, 'ownerId'],
      [{ ...plan, drafts: [{ ...draft, apiKey: 'x' }] }, 'drafts.0.apiKey'],
      [
        { ...plan, drafts: [{ ...draft, manifest: { ...draft?.manifest, name: '../../etc' } }] },
        'drafts.0.manifest.name',
      ],
      [{ ...plan, drafts: [{ ...draft, body: 'a\0b' }] }, 'drafts.0.body'],
      [{ ...plan, drafts: Array.from({ length: 13 }, () => draft) }, 'drafts'],
      [{ ...plan, goal: '' }, 'goal'],
      [{ ...plan, goal: 'x'.repeat(20_001) }, 'goal'],
      [{ ...plan, title: 'x'.repeat(121) }, 'title'],
      [{ ...plan, usage: { ...plan.usage, costUsd: '0.1' } }, 'usage.costUsd'],
      [{ ...plan, outcome: 'great' }, 'outcome'],
      [JSON.stringify(plan).replace('"goal"', '"goal":"twice","goal"'), 'goal'],
      [JSON.stringify(plan).replace('"goal"', '"__proto__":{},"goal"'), '__proto__'],
    ];
    for (const [body, field] of cases) {
      expect(failed(await client.send('POST', '/v1/plans', body))).toMatchObject({
        status: 422,
        code: 'invalid_field',
        field,
      });
    }
    expect(
      failed(
        await client.send('POST', '/v1/plans', {
          ...plan,
          drafts: [{ ...draft, body: 'x'.repeat(2_000_000) }],
        }),
      ),
    ).toMatchObject({
      status: 413,
    });
    expect((await list(client)).total).toBe(0);
  });

  it('stops at a number of plans that nobody needs', async () => {
    const client = await signUp(app, 'hoarder');
    await save(client);
    await sql`
      insert into intent_plans (id, owner_id, workspace_id, title, goal, content, usage, origin, outcome, drafts, search)
      select gen_random_uuid(), owner_id, workspace_id, title, goal, content, usage, origin, outcome, drafts, search
      from intent_plans, generate_series(2, ${MAX_PLANS}) where owner_id = (select id from users where handle = 'hoarder')
    `.execute(db);
    expect(failed(await client.send('POST', '/v1/plans', finishedPlan()))).toMatchObject({
      status: 409,
      message: expect.stringContaining(String(MAX_PLANS)),
    });
  });

  it('needs a session', async () => {
    expect(failed(await new Client(app).send('POST', '/v1/plans', finishedPlan()))).toMatchObject({
      status: 401,
    });
  });
});

describe('the list', () => {
  it('searches title, goal and names, all words, without wildcards', async () => {
    const client = await signUp(app);
    await save(client, finishedPlan({ title: 'Alpha 100%', goal: 'Sort_mail' }));
    await save(client, finishedPlan({ title: 'Beta', goal: 'Sort pictures' }));
    const titles = async (q: string) =>
      (await list(client, `?q=${encodeURIComponent(q)}`)).plans.map(({ title }) => title).sort();
    expect(await titles('sort')).toEqual(['Alpha 100%', 'Beta']);
    expect(await titles('SORT alpha')).toEqual(['Alpha 100%']);
    expect(await titles('collect-prs')).toEqual(['Alpha 100%', 'Beta']);
    expect(await titles('100%')).toEqual(['Alpha 100%']);
    expect(await titles('%')).toEqual(['Alpha 100%']);
    expect(await titles('sort_')).toEqual(['Alpha 100%']);
    expect(await titles('\\')).toEqual([]);
  });

  it('sorts and pages', async () => {
    const client = await signUp(app);
    for (const title of ['bravo', 'Alpha', 'charlie', 'Delta']) await save(client, finishedPlan({ title }));
    const titles = async (query: string) => (await list(client, query)).plans.map(({ title }) => title);
    expect(await titles('?sort=title')).toEqual(['Alpha', 'bravo', 'charlie', 'Delta']);
    expect(await titles('?sort=created&order=asc')).toEqual(['bravo', 'Alpha', 'charlie', 'Delta']);
    expect(await titles('')).toEqual(['Delta', 'charlie', 'Alpha', 'bravo']);
    expect(await titles('?sort=title&limit=2&offset=2')).toEqual(['charlie', 'Delta']);
    expect((await list(client, '?limit=1&offset=99')).total).toBe(4);
  });

  it('names a parameter that it cannot use', async () => {
    const client = await signUp(app);
    for (const [query, field] of [
      ['?sort=owner', 'sort'],
      ['?limit=0', 'limit'],
      ['?limit=x', 'limit'],
      ['?owner=1', 'owner'],
      ['?q=a&q=b', 'q'],
      ['?q=%00', 'q'],
      ['?offset=1e9', 'offset'],
    ]) {
      expect(failed(await client.send('GET', `/v1/plans${query}`))).toMatchObject({ status: 422, field });
    }
  });
});

describe('editing', () => {
  it('renames, and counts revisions', async () => {
    const client = await signUp(app);
    const { id } = await save(client);
    const answer = await client.send('PATCH', `/v1/plans/${id}`, { title: 'Renamed' }, { 'if-match': '"1"' });
    expect(answer).toMatchObject({ status: 200, json: { title: 'Renamed', rev: 2 } });
    expect(answer.headers.get('etag')).toBe('"2"');
    expect((await list(client, '?q=renamed')).total).toBe(1);
    expect(savedPlan.parse((await client.send('GET', `/v1/plans/${id}`)).json)).toMatchObject({
      title: 'Renamed',
      drafts: finishedPlan().drafts,
    });
  });

  it('gives one of two tabs a conflict with what the other one wrote', async () => {
    const client = await signUp(app);
    const { id } = await save(client);
    const edit = (title: string) =>
      client.send('PATCH', `/v1/plans/${id}`, { title, drafts: [] }, { 'if-match': '"1"' });
    const answers = await Promise.all([edit('one'), edit('two')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = answers.find(({ status }) => status === 200);
    const loser = answers.find(({ status }) => status === 409);
    expect(failureBody.parse(loser?.json).error.code).toBe('conflict');
    expect(planConflict.parse(loser?.json).current).toMatchObject({
      rev: 2,
      title: planSummary.parse(winner?.json).title,
      drafts: [],
    });
    expect(loser?.headers.get('etag')).toBe('"2"');
  });

  it('wants to know which version was edited, and no field that it does not know', async () => {
    const client = await signUp(app);
    const { id } = await save(client);
    for (const match of [undefined, '*', 'W/"1"', '1', '"x"']) {
      const answer = await client.send(
        'PATCH',
        `/v1/plans/${id}`,
        { title: 'x' },
        match === undefined ? {} : { 'if-match': match },
      );
      expect(failed(answer)).toMatchObject({ status: 400, field: 'if-match' });
    }
    for (const field of ['goal', 'origin', 'ownerId', 'rev']) {
      expect(
        failed(await client.send('PATCH', `/v1/plans/${id}`, { [field]: 'x' }, { 'if-match': '"1"' })),
      ).toMatchObject({
        status: 422,
        field,
      });
    }
  });
});
