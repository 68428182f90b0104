import { afterAll, describe, expect, it } from 'vitest';
import { hostedPage } from '../../../shared/contract/hosted.ts';
import { planPage, type SavedPlan, savedPlan } from '../../../shared/contract/saved-plan.ts';
import { addUsage } from '../../../shared/contract/usage.ts';
import { Client, failed, signUp } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { ended, GOAL, start, testHosted, watch } from './hosted-app.ts';

const storage = await testStorage();
const hosted = await testHosted(storage, {
  settings: { HOSTED_PRICE_USD: '1/5', HOSTED_ACCOUNT_BUDGET_USD: '5' },
});
afterAll(() => hosted.stop());
const { app, sandbox } = hosted;

async function planOf(client: Client, id: string | null): Promise<SavedPlan> {
  return savedPlan.parse((await client.send('GET', `/v1/plans/${id}`)).json);
}

async function planned(): Promise<{ client: Client; plan: SavedPlan }> {
  const client = await signUp(app);
  const { planId } = await ended(client, await start(client));
  return { client, plan: await planOf(client, planId) };
}

/** A redraft of the plan's second skill, with another description. */
function again({ id, rev, goal, intent, plan }: SavedPlan, result: 'kept' | 'offered') {
  const item = plan?.items[1];
  const items = plan?.items.with(1, {
    ...item,
    description: 'Writes the notes as a table. Use when a release is due.',
  } as never);
  return {
    goal,
    redraft: { intent, plan: { ...plan, items }, items: [{ id: item?.id }] },
    forPlan: { id, rev, result },
  };
}

/** The plan's second draft, to be reworked in the user's own words. */
function wished({ id, rev, goal, intent, plan, drafts }: SavedPlan, note: string) {
  const draft = drafts[1];
  const items = [{ id: draft?.item, body: draft?.body, notes: [note] }];
  return { goal, redraft: { intent, plan, items }, forPlan: { id, rev, result: 'offered' } };
}

async function plansOf(client: Client) {
  return planPage.parse((await client.send('GET', '/v1/plans')).json).plans;
}

describe('a plan that is drafted again on this server', () => {
  it('gets what was written anew, keeps the rest, and counts both costs', async () => {
    const { client, plan } = await planned();
    const id = await start(client, again(plan, 'kept'));
    const run = await ended(client, id);
    expect(run).toMatchObject({ state: 'done', planId: plan.id });
    expect(run.forPlan).toEqual({
      id: plan.id,
      rev: plan.rev,
      result: 'kept',
      items: [{ id: plan.plan?.items[1]?.id, notes: [] }],
    });
    const now = await planOf(client, plan.id);
    expect(now.rev).toBe(plan.rev + 1);
    expect(now.plan?.items[1]?.description).toMatch(/^Writes the notes as a table/);
    // The first run kept its drafts as they were done, whichever was the first.
    const before = plan.drafts.toSorted((a, b) => (a.item < b.item ? -1 : 1));
    expect(now.drafts.map(({ item }) => item)).toEqual(before.map(({ item }) => item));
    expect(now.drafts[1]?.manifest.description).toMatch(/^Writes the notes as a table/);
    expect(now.drafts.toSpliced(1, 1)).toEqual(before.toSpliced(1, 1));
    expect(now.analyses).toHaveLength(now.drafts.length);
    expect(now.usage).toEqual(addUsage(plan.usage, run.usage));
    expect(await plansOf(client)).toHaveLength(1);
  });

  it('tells its intent and its plan to who watches, first of all', async () => {
    const { client, plan } = await planned();
    const events = (await watch(client, await start(client, again(plan, 'kept')))).filter(
      ({ name }) => name !== 'queued',
    );
    expect(events.slice(0, 3).map(({ name }) => name)).toEqual(['run', 'intent', 'plan']);
    expect(events[2]?.event?.data).toMatchObject({ title: plan.plan?.title });
  });

  it('is drafted no further than its plan says, and settles the day’s budget with what that cost', async () => {
    const { client, plan } = await planned();
    const left = async (): Promise<number> =>
      hostedPage.parse((await client.send('GET', '/v1/intent')).json).budget.leftUsd ?? 0;
    const before = await left();
    const run = await ended(client, await start(client, again(plan, 'kept')));
    expect(run.calls.map(({ phase }) => phase)).toEqual(['drafting', 'analyzing']);
    expect(run.usage.costUsd).toBeGreaterThan(0);
    expect(await left()).toBeCloseTo(before - (run.usage.costUsd ?? 0), 4);
  });

  it('becomes a plan of its own when the one that it was made from was changed meanwhile', async () => {
    const { client, plan } = await planned();
    sandbox.script([{ phase: 'draft', held: true, times: 1 }]);
    const id = await start(client, again(plan, 'kept'));
    const edit = { title: 'Changed meanwhile' };
    expect(
      (await client.send('PATCH', `/v1/plans/${plan.id}`, edit, { 'if-match': `"${plan.rev}"` })).status,
    ).toBe(200);
    sandbox.release();
    const run = await ended(client, id);
    sandbox.script([]);
    expect(run.planId).not.toBe(plan.id);
    expect((await planOf(client, plan.id)).drafts).toEqual(plan.drafts);
    const own = await planOf(client, run.planId);
    expect(own.drafts).toHaveLength(plan.drafts.length);
    expect(own.drafts[1]?.manifest.description).toMatch(/^Writes the notes as a table/);
  });

  it('is refused where the plan is not as it was seen, is another person’s, or there is no redraft', async () => {
    const { client, plan } = await planned();
    const stranger = await signUp(app);
    const send = (who: Client, body: object) => who.send('POST', '/v1/intent', body);
    expect(failed(await send(client, again({ ...plan, rev: 9 }, 'kept')))).toMatchObject({ status: 409 });
    const none = { ...plan, id: '00000000-0000-4000-8000-000000000000' };
    const theirs = await send(stranger, again(plan, 'kept'));
    expect(theirs.status).toBe(404);
    expect((await send(stranger, again(none, 'kept'))).text).toBe(theirs.text);
    const { forPlan } = again(plan, 'kept');
    expect(failed(await send(client, { ...GOAL, forPlan }))).toMatchObject({ status: 422 });
    expect(hostedPage.parse((await client.send('GET', '/v1/intent')).json).runs).toHaveLength(1);
  });

  it('is not changed by an API token, which may only read plans', async () => {
    const { client, plan } = await planned();
    const made = await client.send('POST', '/v1/tokens', {
      name: 't',
      scopes: ['runs:write'],
      expiresInDays: null,
    });
    // as: the test reads its own server's answer
    const agent = new Client(app, { authorization: `Bearer ${(made.json as { token: string }).token}` });
    expect(failed(await agent.send('POST', '/v1/intent', again(plan, 'kept')))).toMatchObject({
      status: 403,
    });
    expect((await planOf(client, plan.id)).rev).toBe(plan.rev);
  });
});

describe('one draft that is reworked on this server in the user’s own words', () => {
  it('is offered at its run, and changes no plan', async () => {
    const { client, plan } = await planned();
    const id = await start(client, wished(plan, 'We use pnpm.'));
    const run = await ended(client, id);
    expect(run).toMatchObject({ state: 'done', planId: plan.id });
    expect(run.forPlan?.items).toEqual([{ id: plan.drafts[1]?.item, notes: ['We use pnpm.'] }]);
    const drafts = (await watch(client, id)).flatMap(({ event }) =>
      event?.event === 'draft' ? [event.data] : [],
    );
    expect(drafts.at(-1)?.body).toContain('We use pnpm.');
    expect(await planOf(client, plan.id)).toEqual(plan);
    expect(await plansOf(client)).toHaveLength(1);
  });

  it('starts once for one idempotency key, also when its plan was changed since', async () => {
    const { client, plan } = await planned();
    const headers = { 'idempotency-key': 'rework-1' };
    const id = await start(client, again(plan, 'kept'), headers);
    await ended(client, id);
    expect((await planOf(client, plan.id)).rev).toBe(plan.rev + 1);
    expect(await start(client, again(plan, 'kept'), headers)).toBe(id);
  });
});
