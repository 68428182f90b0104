import { afterAll, expect, it, vi } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { keyCalls, keyLeakState, type NoteLeak } from '../../../shared/contract/vault/key-leak.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { testStorage } from '../database.ts';
import { ended, start } from './stored-run.ts';
import { startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const lab = await startVaultLab(storage);
afterAll(() => lab.stop());

const SINCE = '2026-11-01T00:00:00.000Z';
const NOTHING = { vendorRevoked: false, callsSeen: false, usageCompared: false };
const note = (browser: Browser, id: string, body: NoteLeak) =>
  browser.send('PUT', ROUTES.storedKeyLeak(id), body);
const leakOf = async (browser: Browser, id: string) =>
  keyLeakState.parse((await browser.send('GET', ROUTES.storedKeyLeak(id))).json).leak;

it('keeps who checked off which step and when, and forgets it when it is taken back', async () => {
  const browser = await lab.user('careful');
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  expect(await leakOf(browser, id)).toBeNull();

  expect((await note(browser, id, { since: SINCE, done: NOTHING })).status).toBe(200);
  expect(await leakOf(browser, id)).toEqual({
    since: SINCE,
    steps: { vendorRevoked: null, callsSeen: null, usageCompared: null },
  });
  await note(browser, id, { since: SINCE, done: { ...NOTHING, vendorRevoked: true } });
  const first = await leakOf(browser, id);
  expect(first?.steps.vendorRevoked).toMatchObject({ by: 'careful' });
  expect(first?.steps.callsSeen).toBeNull();

  // another step later: the first keeps its time
  const later = '2026-11-02T10:00:00.000Z';
  await note(browser, id, { since: later, done: { ...NOTHING, vendorRevoked: true, callsSeen: true } });
  const second = await leakOf(browser, id);
  expect(second).toMatchObject({ since: later, steps: { vendorRevoked: first?.steps.vendorRevoked } });
  expect(second?.steps.callsSeen).toMatchObject({ by: 'careful' });
  await note(browser, id, { since: later, done: NOTHING });
  expect((await leakOf(browser, id))?.steps.vendorRevoked).toBeNull();

  const written = await storage.db
    .selectFrom('audit_entries')
    .select('detail')
    .where('subject', '=', id)
    .where('action', '=', 'vault.key-leak')
    .orderBy('seq')
    .execute();
  expect(written.map(({ detail }) => JSON.parse(detail))).toEqual([
    { since: SINCE, ...NOTHING },
    { since: SINCE, ...NOTHING, vendorRevoked: true },
    { since: later, ...NOTHING, vendorRevoked: true, callsSeen: true },
    { since: later, ...NOTHING },
  ]);
});

it('lists every call on that key since then, of runs and of tests, and not those of another key', async () => {
  const browser = await lab.user('counting');
  const { id } = await stored(storeKey(lab, browser, makeCanary().key, { name: 'leaked' }));
  const run = await start(browser);
  await ended(browser, run);
  await browser.send('POST', ROUTES.storedKeyTest(id));
  const before = new Date().toISOString();
  const fresh = await stored(storeKey(lab, browser, makeCanary().key, { name: 'fresh' }));
  await browser.send('POST', ROUTES.storedKeyDefault(fresh.id), { oldKey: 'end now' });
  const next = await start(browser);
  await ended(browser, next);

  const read = async (key: string, since: string) => {
    const answer = await browser.send('GET', `${ROUTES.storedKeyCalls(key)}?since=${since}`);
    return keyCalls.parse(answer.json);
  };
  const { rows } = await storage.pool.query(
    `select record from vault_calls where job_id = $1 and record like '%"sent"%'`,
    [run],
  );
  const found = await read(id, SINCE);
  expect(rows.length).toBeGreaterThan(2);
  expect(found.count).toBe(rows.length + 1);
  expect(found.calls.filter((call) => call.run === run)).toHaveLength(rows.length);
  expect(found.calls.every(({ by }) => by === 'counting')).toBe(true);
  expect(found.calls.filter(({ phase }) => phase === 'test')).toHaveLength(1);
  expect(found.calls.every(({ outcome }) => outcome !== null)).toBe(true);
  const tokens = found.calls.reduce((sum, { inputTokens }) => sum + (inputTokens ?? 0), 0);
  expect(tokens).toBeGreaterThan(0);
  expect(found.days.reduce((sum, day) => sum + day.inputTokens, 0)).toBe(tokens);
  expect(found.days.reduce((sum, day) => sum + day.calls, 0)).toBe(found.count);

  // nothing since it is no longer the default; the fresh one has the other run's
  expect((await read(id, before)).count).toBe(0);
  expect(new Set((await read(fresh.id, SINCE)).calls.map((call) => call.run))).toEqual(new Set([next]));

  // also when it is destroyed: that is when somebody looks
  await browser.send('POST', ROUTES.storedKeyRevoke(id));
  const csv = await browser.send('GET', `${ROUTES.storedKeyCalls(id)}?since=${SINCE}&format=csv`);
  const lines = csv.text.trimEnd().split('\r\n');
  expect(lines[0]).toBe('at,by,run,phase,model,outcome,inputTokens,outputTokens,usd');
  expect(lines).toHaveLength(found.count + 1);
  expect(lines.filter((line) => line.includes(`counting,${run},`))).toHaveLength(rows.length);
});

it('is for admins of its own workspace alone, and takes no date that is none', async () => {
  const browser = await lab.user('keeper');
  const stranger = await lab.user('stranger');
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  await note(browser, id, { since: SINCE, done: NOTHING });
  expect(await workspaceOf(stranger)).not.toBe(await workspaceOf(browser));
  for (const answer of [
    await stranger.send('GET', ROUTES.storedKeyLeak(id)),
    await note(stranger, id, { since: SINCE, done: { ...NOTHING, callsSeen: true } }),
    await stranger.send('GET', `${ROUTES.storedKeyCalls(id)}?since=${SINCE}`),
  ])
    expect(answer.status).toBe(404);
  expect((await leakOf(browser, id))?.steps.callsSeen).toBeNull();
  expect((await browser.send('GET', `${ROUTES.storedKeyCalls(id)}?since=yesterday`)).status).toBe(422);
  expect((await browser.send('GET', ROUTES.storedKeyCalls(id))).status).toBe(422);
});
