import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { type SetKeyRules, storedKeyPage } from '../../../shared/contract/vault/stored-key.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { testStorage } from '../database.ts';
import { ended, failureOf, STORED, start } from './stored-run.ts';
import { keysOf, startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage, { VAULT_MAX_KEY_AGE_DAYS: '180' });
afterAll(() => lab.stop());

const rulesOf = async (browser: Browser) =>
  storedKeyPage.parse((await browser.send('GET', ROUTES.storedKeys)).json).rules;
const put = async (browser: Browser, rules: Omit<SetKeyRules, 'workspace'>, workspace?: string) =>
  browser.send('PUT', ROUTES.storedKeyRules, {
    workspace: workspace ?? (await workspaceOf(browser)),
    ...rules,
  });
/** Seconds from the default's end until the old one is gone. */
async function overlapOf(id: string): Promise<number | undefined> {
  const { rows } = await sql<{ left: string | null }>`
    select extract(epoch from previous_until - clock_timestamp()) as left from vault_keys where id = ${id}`.execute(
    db,
  );
  const [row] = rows;
  return row?.left == null ? undefined : Number(row.left);
}

it('is decided before the first key, counts for those that are stored, and is written down', async () => {
  const browser = await lab.user('ruler');
  expect(await rulesOf(browser)).toEqual({ maxAgeDays: null, overlapHours: 24, serverMaxAgeDays: 180 });
  const set = await put(browser, { maxAgeDays: 90, overlapHours: 2 });
  expect(set).toMatchObject({
    status: 200,
    json: { maxAgeDays: 90, overlapHours: 2, serverMaxAgeDays: 180 },
  });

  const one = await stored(storeKey(lab, browser, makeCanary().key, { name: 'one' }));
  const two = await stored(storeKey(lab, browser, makeCanary().key, { name: 'two' }));
  const expiry = async () => {
    const key = (await keysOf(browser)).find(({ id }) => id === one.id);
    return (Date.parse(key?.expiresAt ?? '') - Date.parse(key?.addedAt ?? '')) / 86_400_000;
  };
  expect(await expiry()).toBe(90);
  expect(Date.parse(one.expiresAt ?? '') - Date.parse(one.addedAt)).toBe(90 * 86_400_000);
  await put(browser, { maxAgeDays: null, overlapHours: 2 });
  expect(await expiry()).toBe(180);

  // the old default goes on for as long as it was set
  await browser.send('POST', ROUTES.storedKeyDefault(two.id), { oldKey: 'keep' });
  const left = await overlapOf(one.id);
  expect(left).toBeGreaterThan(3600);
  expect(left).toBeLessThanOrEqual(7200);
  // and with none it ends
  await put(browser, { maxAgeDays: null, overlapHours: 0 });
  await browser.send('POST', ROUTES.storedKeyDefault(one.id), { oldKey: 'keep' });
  expect((await keysOf(browser)).find(({ id }) => id === two.id)?.state).toBe('destroyed');

  const said = await db
    .selectFrom('audit_entries')
    .select('detail')
    .where('workspace_id', '=', await workspaceOf(browser))
    .where('action', '=', 'vault.rules')
    .orderBy('seq')
    .execute();
  expect(said.map(({ detail }) => JSON.parse(detail))).toEqual([
    { maxAgeDays: 90, overlapHours: 2 },
    { maxAgeDays: null, overlapHours: 2 },
    { maxAgeDays: null, overlapHours: 0 },
  ]);
});

it('refuses the next start on a key that is too old, and takes it again when the rule is lifted', async () => {
  const browser = await lab.user('aging');
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  await ended(browser, await start(browser));
  await sql`update vault_keys set added_at = now() - interval '31 days' where id = ${id}`.execute(db);
  await put(browser, { maxAgeDays: 30, overlapHours: 24 });
  expect(failureOf(await browser.send('POST', ROUTES.hosted, STORED))).toMatchObject({
    ...{ status: 422, code: 'key_rejected', reason: 'key_expired' },
  });
  await put(browser, { maxAgeDays: 32, overlapHours: 24 });
  expect((await browser.send('POST', ROUTES.hosted, STORED)).status).toBe(202);
});

it('takes no age above the server’s, no nonsense, and nothing for another workspace', async () => {
  const browser = await lab.user('bounded');
  const other = await workspaceOf(await lab.user('elsewhere'));
  const before = await rulesOf(browser);
  expect(failureOf(await put(browser, { maxAgeDays: 181, overlapHours: 24 }))).toMatchObject({
    ...{
      status: 422,
      code: 'invalid_field',
      field: 'maxAgeDays',
      message: 'This server allows 180 days at most.',
    },
  });
  for (const rules of [
    { maxAgeDays: 0, overlapHours: 24 },
    { maxAgeDays: 1.5, overlapHours: 24 },
    { maxAgeDays: 30, overlapHours: -1 },
    { maxAgeDays: 30, overlapHours: 169 },
  ])
    expect((await put(browser, rules)).status).toBe(422);
  expect((await put(browser, { maxAgeDays: 30, overlapHours: 24 }, other)).status).toBe(409);
  expect(await rulesOf(browser)).toEqual(before);
});
