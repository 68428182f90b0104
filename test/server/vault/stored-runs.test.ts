import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { createdToken } from '../../../shared/contract/account.ts';
import { hostedPage, hostedSummary } from '../../../shared/contract/hosted.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { savedPlan } from '../../../shared/contract/saved-plan.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { until } from '../../until.ts';
import { testStorage } from '../database.ts';
import { ok } from '../idor-requests.ts';
import { auditOf, ended, failureOf, GOAL, keysSent, REJECTION, STORED, start } from './stored-run.ts';
import { keysOf, startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage, { HOSTED_ACCOUNT_BUDGET_USD: '0.5' });
afterAll(() => lab.stop());

let count = 0;
const user = (): Promise<Browser> => lab.user(`runner-${count++}`);
const audited = (job: string) => auditOf(db, job);

/** The keys that providers were asked with since the last time. */
function sentKeys(): ReadonlySet<string | undefined> {
  const sent = keysSent(lab);
  lab.sandbox.clear();
  return sent;
}

it('runs on the workspace’s stored key, says which and what it cost, and takes nothing from the day’s budget', async () => {
  const browser = await user();
  const { key, blocks } = makeCanary();
  const made = await stored(storeKey(lab, browser, key, { name: 'CI' }));
  const page = hostedPage.parse((await browser.send('GET', ROUTES.hosted)).json);
  expect(page.storedOffers).toEqual([
    ...[{ provider: 'anthropic', site: '', model: 'sandbox', name: 'CI', scope: 'workspace' }].map((one) => ({
      ...one,
      lastFour: key.slice(-4),
    })),
  ]);
  sentKeys();

  const run = await ended(browser, await start(browser, { ...STORED, model: 'claude-sonnet-5' }));
  expect(run).toMatchObject({
    ...{ state: 'done', failure: null, credentials: 'stored', provider: 'anthropic' },
    ...{ model: 'claude-sonnet-5', attempts: 1 },
    storedKey: {
      ...{ id: made.id, name: 'CI', lastFour: key.slice(-4), scope: 'workspace' },
      why: 'default of the workspace',
    },
  });
  expect(run.usage.costUsd).toBeGreaterThan(0);
  expect([...sentKeys()]).toEqual([key]);

  const after = hostedPage.parse((await browser.send('GET', ROUTES.hosted)).json);
  expect(after.budget.leftUsd).toBe(page.budget.leftUsd);
  const plan = savedPlan.parse((await ok(browser.send('GET', ROUTES.plan(run.planId ?? '')))).json);
  expect(plan.origin).toEqual({
    ...{ provider: 'anthropic', model: 'claude-sonnet-5', credentials: 'stored' },
  });
  const about = { key: made.id, name: 'CI', lastFour: key.slice(-4), scope: 'workspace', for: 'run' };
  expect(await audited(run.id)).toMatchObject([
    { action: 'run.start', outcome: 'ok', credentials: 'stored' },
    { action: 'vault.key-open', outcome: 'ok', ...about, why: 'default of the workspace' },
    { action: 'vault.key-close', outcome: 'ok', ...about, ended: 'done', costUsd: run.usage.costUsd },
    { action: 'run.end', outcome: 'ok', credentials: 'stored', costUsd: run.usage.costUsd },
  ]);
  const [shown] = await keysOf(browser);
  expect(shown).toMatchObject({ id: made.id, openRuns: 0, lastOutcome: 'done' });
  expect(Date.parse(shown?.lastUsedAt ?? '')).toBeGreaterThan(Date.parse(made.addedAt));
  const seen = [JSON.stringify([run, plan, await audited(run.id)]), lab.printed.join('')];
  for (const block of blocks) for (const text of seen) expect(text).not.toContain(block);
});

it('goes on when the operator’s budget is used up, which others then may not use', async () => {
  const browser = await user();
  await stored(storeKey(lab, browser, makeCanary().key));
  await start(browser, GOAL).then((id) => ended(browser, id));
  await db.updateTable('llm_budgets').set({ spent_micros: 600_000 }).execute();
  try {
    const { status, code } = failureOf(await browser.send('POST', ROUTES.hosted, GOAL));
    expect({ status, code }).toEqual({ status: 429, code: 'budget_exhausted' });
    expect((await ended(browser, await start(browser))).state).toBe('done');
  } finally {
    await db.updateTable('llm_budgets').set({ spent_micros: 0 }).execute();
  }
});

it('runs on nobody’s key but the workspace’s own, and never on the operator’s instead', async () => {
  const [owner, stranger] = [await user(), await user()];
  await stored(storeKey(lab, owner, makeCanary().key));
  sentKeys();
  expect(failureOf(await stranger.send('POST', ROUTES.hosted, STORED))).toMatchObject({
    ...{ status: 400, code: 'key_missing', reason: 'key_gone' },
  });
  expect(failureOf(await owner.send('POST', ROUTES.hosted, { ...STORED, provider: 'openai' }))).toMatchObject(
    {
      ...{ status: 400, code: 'key_missing', reason: 'key_gone' },
    },
  );
  const page = hostedPage.parse((await stranger.send('GET', ROUTES.hosted)).json);
  expect(page).toMatchObject({ runs: [], storedOffers: [] });
  expect([...sentKeys()]).toEqual([]);
});

it('refuses what names no stored key, and a key in the place of a model', async () => {
  const browser = await user();
  const { key } = makeCanary();
  await stored(storeKey(lab, browser, key));
  const cases: readonly (readonly [object, string])[] = [
    [{ ...GOAL, credentials: 'stored' }, 'provider'],
    [{ ...GOAL, provider: 'anthropic' }, 'provider'],
    [{ ...GOAL, site: 'eu' }, 'provider'],
    [{ ...STORED, provider: 'nobody' }, 'provider'],
    [{ ...STORED, site: 'eu' }, 'site'],
    [{ ...STORED, model: 'a model' }, 'model'],
    [{ ...STORED, model: key }, 'model'],
    [{ ...STORED, credentials: 'operator' }, 'credentials'],
  ];
  for (const [body, field] of cases)
    expect(failureOf(await browser.send('POST', ROUTES.hosted, body))).toMatchObject({ status: 422, field });
  expect(
    failureOf(await browser.send('POST', ROUTES.hosted, { ...STORED, provider: 'sandbox' })),
  ).toMatchObject({ code: 'invalid_request' });
});

it('finds the key as the model also where nothing tells it from a model’s name', async () => {
  const browser = await user();
  // as Azure's older ones are
  const key = randomBytes(16).toString('hex');
  const site = 'contoso';
  const wish = { provider: 'azure', site, model: 'deployment' };
  await stored(storeKey(lab, browser, key, wish));
  const base64 = Buffer.from(key).toString('base64url');
  for (const model of [key, `m/${key}`, key.toUpperCase(), base64])
    expect(failureOf(await browser.send('POST', ROUTES.hosted, { ...STORED, ...wish, model }))).toMatchObject(
      { status: 422, field: 'model', message: expect.stringContaining('looks like a key') },
    );
  expect((await ended(browser, await start(browser, { ...STORED, ...wish, model: 'other' }))).state).toBe(
    'done',
  );
  const { rows } = await sql<{ request: string }>`select request::text from intent_jobs`.execute(db);
  expect(JSON.stringify(rows)).not.toContain(key);
});

it('sends nothing of a run whose texts have the key that it is on', async () => {
  const browser = await user();
  // a kind of key that no pattern knows
  const key = randomBytes(16).toString('hex');
  const wish = { provider: 'azure', site: 'contoso', model: 'deployment' };
  await stored(storeKey(lab, browser, key, wish));
  sentKeys();
  const id = await start(browser, { ...STORED, ...wish, goal: `List files with ${key}` });
  const run = await ended(browser, id);
  expect(run).toMatchObject({ state: 'failed', failure: { code: 'invalid_request' } });
  expect([...sentKeys()]).toEqual([]);
  const told = JSON.stringify([run.failure, await audited(id)]);
  expect(told).toContain('stands in the request');
  expect(told).not.toContain(key);
});

it('answers a request that comes again with its first run, whatever has become of the key', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  const again = { 'idempotency-key': 'first-and-only' };
  const first = await browser.send('POST', ROUTES.hosted, STORED, again);
  expect(first.status).toBe(202);
  const job = hostedSummary.parse(first.json).id;
  await ended(browser, job);
  await ok(browser.send('POST', ROUTES.storedKeyRevoke(id)));
  expect((await browser.send('POST', ROUTES.hosted, STORED)).status).toBe(400);
  const second = await browser.send('POST', ROUTES.hosted, STORED, again);
  expect(second.status).toBe(202);
  expect(hostedSummary.parse(second.json)).toMatchObject({ id: job, state: 'done' });
  const other = await browser.send('POST', ROUTES.hosted, { ...STORED, goal: 'Another goal' }, again);
  expect(failureOf(other)).toMatchObject({ status: 409, code: 'conflict' });
  const count = await db.selectFrom('vault_tickets').select('job_id').where('job_id', '=', job).execute();
  expect(count).toHaveLength(1);
});

it('is started by an API token too, which sees and changes no key', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  const wish = { name: 'cron', scopes: ['runs:write'], expiresInDays: null };
  const { token } = createdToken.parse((await browser.send('POST', '/v1/tokens', wish)).json);
  const asToken = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(lab.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  const answer = await asToken('POST', ROUTES.hosted, STORED);
  expect(answer.status).toBe(202);
  const job = hostedSummary.parse(await answer.json()).id;
  expect(await ended(browser, job)).toMatchObject({ state: 'done', storedKey: { id } });
  for (const [method, path] of [
    ['GET', ROUTES.storedKeys],
    ['POST', ROUTES.storedKeyTest(id)],
    ['DELETE', ROUTES.storedKey(id)],
  ] as const)
    expect((await asToken(method, path)).status).toBe(403);
});

it('takes no key that is older than the workspace allows, neither asked nor begun', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  const workspace = await workspaceOf(browser);
  await db
    .updateTable('vault_workspaces')
    .set({ max_age_days: 30 })
    .where('workspace_id', '=', workspace)
    .execute();
  lab.sandbox.script([{ phase: 'plan', held: true }]);
  const busy = [await start(browser), await start(browser)];
  const late = await start(browser);
  await until(async () => expect(await keysOf(browser)).toMatchObject([{ openRuns: 2 }]));
  await sql`update vault_keys set added_at = now() - interval '31 days' where id = ${id}`.execute(db);
  expect(failureOf(await browser.send('POST', ROUTES.hosted, STORED))).toMatchObject({
    ...{ status: 422, code: 'key_rejected', reason: 'key_expired' },
  });
  const page = hostedPage.parse((await browser.send('GET', ROUTES.hosted)).json);
  expect(page.storedOffers).toEqual([]);
  lab.sandbox.release();
  lab.sandbox.script([]);
  // those under way keep theirs
  for (const job of busy) expect((await ended(browser, job)).state).toBe('done');
  expect(await ended(browser, late)).toMatchObject({ state: 'failed', failure: { reason: 'key_expired' } });
  expect(await audited(late)).toContainEqual(
    expect.objectContaining({ action: 'vault.key-open', outcome: 'refused', why: 'expired' }),
  );
});

it('fails as rejected where the provider takes the key no more, and shows it at the key', async () => {
  const browser = await user();
  await stored(storeKey(lab, browser, makeCanary().key));
  lab.sandbox.script([{ reply: { status: 401, body: REJECTION } }]);
  const run = await ended(browser, await start(browser));
  lab.sandbox.script([]);
  expect(run).toMatchObject({ state: 'failed', failure: { code: 'key_rejected' } });
  expect(await keysOf(browser)).toMatchObject([{ lastOutcome: 'key_rejected', openRuns: 0 }]);
  expect(await audited(run.id)).toContainEqual(
    expect.objectContaining({ action: 'vault.key-close', outcome: 'failed', code: 'key_rejected' }),
  );
});
