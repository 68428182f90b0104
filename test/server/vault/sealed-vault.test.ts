import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { startServer } from '../../../server/start/start-server.ts';
import { failureBody } from '../../../shared/contract/failure.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { Answer, Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { quiet, testStorage } from '../database.ts';
import { Guest, keysOf, startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
/** For a second server, which must not stop it. */
const kept = { ...storage, stop: async () => undefined };
const lab = await startVaultLab(storage);
afterAll(() => lab.stop());

let count = 0;
const user = (): Promise<Browser> => lab.user(`guest-${count++}`);

function failureOf({ status, json }: Answer) {
  return { status, ...failureBody.parse(json).error };
}

it('opens nothing when the audit log cannot be written', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  const workspace = await workspaceOf(browser);
  lab.sandbox.clear();
  await sql`alter table audit_entries rename to audit_entries_away`.execute(db);
  try {
    expect((await browser.send('POST', ROUTES.storedKeyTest(id))).status).toBe(500);
    expect((await storeKey(lab, browser, makeCanary().key, { workspace })).status).toBe(500);
  } finally {
    await sql`alter table audit_entries_away rename to audit_entries`.execute(db);
  }
  expect(await keysOf(browser)).toHaveLength(1);
});

it('refuses a row that was changed, and says so', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  await sql`update vault_keys set sealed = overlay(sealed placing '\\x00'::bytea from 90) where id = ${id}`.execute(
    db,
  );
  expect(failureOf(await browser.send('POST', ROUTES.storedKeyTest(id)))).toMatchObject({
    ...{ status: 422, reason: 'key_gone' },
  });
});

it('is sealed when a root does not open what is there, and says so in the log', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  await db
    .updateTable('vault_workspaces')
    .set({ wrapped: randomBytes(93) })
    .where('workspace_id', '=', await workspaceOf(browser))
    .execute();
  expect(failureOf(await browser.send('POST', ROUTES.storedKeyTest(id)))).toMatchObject({
    ...{ status: 503, reason: 'vault_sealed' },
  });
  expect(lab.printed.join('')).toContain('does not open by the root r1');
});

it('is sealed by another root of the same name, on its own routes alone', async () => {
  const handle = `guest-${count}`;
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  // its own file, by the name that the database knows another root by
  const other = await startVaultLab(kept);
  try {
    const there = await new Guest(() => other.url).signIn(handle);
    const list = failureOf(await there.send('GET', ROUTES.storedKeys));
    expect(list).toMatchObject({ status: 503, code: 'unavailable', reason: 'vault_sealed' });
    expect(other.printed.join('')).toContain('is not the one that this database knows');
    expect((await there.send('GET', ROUTES.plans)).status).toBe(200);
    expect((await there.send('GET', ROUTES.config)).status).toBe(200);
    // what needs no root still works: a key can be revoked
    expect((await there.send('POST', ROUTES.storedKeyRevoke(id))).status).toBe(200);
  } finally {
    await other.stop();
  }
  expect((await keysOf(browser))[0]).toMatchObject({ state: 'destroyed' });
});

it('does not start with a root that its backups would hold', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-vault-'));
  const root = `r1=file:${join(dataDir, 'vault-root')}`;
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    VAULT: 'on',
    VAULT_ROOTS: root,
    HOSTED_WORKERS: '0',
  });
  const start = startServer(config, { log: quiet, build: 'test', storage: kept });
  await expect(start).rejects.toThrow('lies in DATA_DIR');
  rmSync(dataDir, { recursive: true, force: true });
});

it('is not there unless it was turned on', async () => {
  const off = await startVaultLab(kept, { VAULT: 'off' });
  try {
    const browser = await new Guest(() => off.url).signIn('guest-0');
    expect((await browser.send('GET', ROUTES.storedKeys)).status).toBe(404);
    expect((await browser.send('GET', ROUTES.config)).json).not.toHaveProperty('vault');
  } finally {
    await off.stop();
  }
});
