import { afterAll, describe, expect, it } from 'vitest';
import { hostedPage } from '../../../shared/contract/hosted.ts';
import { type SavedPlan, savedPlan } from '../../../shared/contract/saved-plan.ts';
import { addUsage } from '../../../shared/contract/usage.ts';
import { type Client, failed, signUp } from '../accounts/accounts-app.ts';
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

/** The first `count` drafts of the plan, to be tried among the others. */
function tried({ id, rev, goal, plan, drafts, evals }: SavedPlan, count: number) {
  const items = drafts.slice(0, count).map(({ item, manifest: { name, description }, body, digest }) => {
    const known = evals?.find((one) => one.item === item);
    return { ...{ id: item, name, description, body, digest }, ...(known && { evals: known }) };
  });
  const others = (plan?.items ?? []).flatMap(({ id: item, name, description }) =>
    items.some((one) => one.id === item) ? [] : [{ name, description }],
  );
  return { goal, trial: { items, others }, forPlan: { id, rev, result: 'kept' } };
}

const phases = (): readonly string[] => [...new Set(sandbox.journal.map(({ phase }) => phase))].sort();

describe('drafts of a saved plan that are tried on this server', () => {
  it('are told as they are tried, and kept in the plan with their cost', async () => {
    const { client, plan } = await planned();
    sandbox.clear();
    const id = await start(client, tried(plan, 2));
    const names = (await watch(client, id)).map(({ name }) => name);
    expect(names).toContain('trial');
    expect(names).not.toContain('draft');
    const run = await ended(client, id);
    expect(run).toMatchObject({ state: 'done', planId: plan.id });
    expect(run.forPlan).toMatchObject({ id: plan.id, tries: true, items: [{ id: 'i1' }, { id: 'i2' }] });
    expect(phases()).toEqual(['choices', 'evals', 'judgement', 'task']);

    const now = await planOf(client, plan.id);
    expect(now.rev).toBe(plan.rev + 1);
    expect(now.evals?.map(({ item, load, skip }) => [item, load.length, skip.length])).toEqual([
      ['i1', 10, 10],
      ['i2', 10, 10],
    ]);
    expect(now.trials?.map(({ item, digest, provider, model }) => [item, digest, provider, model])).toEqual(
      plan.drafts.slice(0, 2).map(({ item, digest }) => [item, digest, run.provider, run.model]),
    );
    expect(now.trials?.every(({ task }) => (task?.verdicts.length ?? 0) > 0)).toBe(true);
    expect({ ...now, ...{ evals: 0, trials: 0, usage: 0, rev: 0, updatedAt: 0 } }).toEqual({
      ...plan,
      ...{ evals: 0, trials: 0, usage: 0, rev: 0, updatedAt: 0 },
    });
    expect(run.usage.costUsd).toBeGreaterThan(0);
    expect(now.usage).toEqual(addUsage(plan.usage, run.usage));
  });

  it('by evals that are there, of which none is written anew, and what was tried before stays', async () => {
    const { client, plan } = await planned();
    await ended(client, await start(client, tried(plan, 1)));
    const once = await planOf(client, plan.id);
    sandbox.clear();
    await ended(client, await start(client, tried(once, 1)));
    expect(phases()).toEqual(['choices', 'judgement', 'task']);
    const second = { ...once, rev: once.rev + 1, drafts: once.drafts.slice(1) };
    await ended(client, await start(client, tried(second, 1)));
    const now = await planOf(client, plan.id);
    expect(now.evals?.[0]).toEqual(once.evals?.[0]);
    expect(now.trials?.map(({ item }) => item)).toEqual(['i1', 'i2']);
  });

  it('go into a plan that was changed meanwhile: they say which text they are about', async () => {
    const { client, plan } = await planned();
    sandbox.script([{ phase: 'choices', held: true, times: 1 }]);
    const id = await start(client, tried(plan, 1));
    const edit = { title: 'Changed meanwhile', drafts: plan.drafts.slice(0, 1) };
    const match = { 'if-match': `"${plan.rev}"` };
    expect((await client.send('PATCH', `/v1/plans/${plan.id}`, edit, match)).status).toBe(200);
    sandbox.release();
    expect(await ended(client, id)).toMatchObject({ state: 'done', planId: plan.id });
    sandbox.script([]);
    const now = await planOf(client, plan.id);
    expect(now).toMatchObject({ rev: plan.rev + 2, title: 'Changed meanwhile' });
    expect(now.drafts).toHaveLength(1);
    expect(now.trials?.[0]?.digest).toBe(plan.drafts[0]?.digest);
  });

  it('keep what came before a cancel, and settle the day’s budget with what that cost', async () => {
    const { client, plan } = await planned();
    const left = async (): Promise<number> =>
      hostedPage.parse((await client.send('GET', '/v1/intent')).json).budget.leftUsd ?? 0;
    const before = await left();
    // the tries of the tests before are in it too
    sandbox.clear();
    sandbox.script([{ phase: 'choices', held: true }]);
    const id = await start(client, tried(plan, 1));
    await expect
      .poll(() => sandbox.journal.some(({ phase }) => phase === 'judgement'), { timeout: 20_000 })
      .toBe(true);
    await client.send('DELETE', `/v1/intent/${id}`);
    const run = await ended(client, id);
    sandbox.script([]);
    sandbox.release();
    expect(run.state).toBe('cancelled');
    const now = await planOf(client, plan.id);
    expect(now.evals).toHaveLength(1);
    expect(await left()).toBeCloseTo(before - (run.usage.costUsd ?? 0), 4);
  });

  it('are refused together with a redraft, for another’s plan, and for one that is not as it was seen', async () => {
    const { client, plan } = await planned();
    const wish = tried(plan, 1);
    const send = (who: Client, body: object) => who.send('POST', '/v1/intent', body);
    const redraft = { intent: plan.intent, plan: plan.plan, items: [{ id: 'i1' }] };
    expect(failed(await send(client, { ...wish, redraft }))).toMatchObject({ status: 422 });
    expect((await send(await signUp(app), wish)).status).toBe(404);
    expect((await send(client, tried({ ...plan, rev: 9 }, 1))).status).toBe(409);
    expect((await send(client, { ...GOAL, trial: { items: [], others: [] } })).status).toBe(422);
  });
});
