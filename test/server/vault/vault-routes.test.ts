import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { failureBody } from '../../../shared/contract/failure.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import type { Answer, Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { testStorage } from '../database.ts';
import { idOf, ok } from '../idor-requests.ts';
import { keysOf, startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage, { VAULT_MAX_KEY_AGE_DAYS: '100' });
afterAll(() => lab.stop());

const REJECTION = '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}';

let count = 0;
const user = (): Promise<Browser> => lab.user(`user-${count++}`);

function failureOf({ status, json }: Answer) {
  return { status, ...failureBody.parse(json).error };
}

/** Every row of every table and the whole audit log, as text. */
async function database(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = 'public'`.execute(db);
  const texts = await Promise.all(
    rows.map(async ({ name }) =>
      (await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(db)).rows.map(
        ({ row }) => row,
      ),
    ),
  );
  return texts.flat().join('\n');
}

async function audited(action: string, outcome: string): Promise<number> {
  const { count: found } = await db
    .selectFrom('audit_entries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('action', '=', action)
    .where('outcome', '=', outcome)
    .executeTakeFirstOrThrow();
  return Number(found);
}

it('stores a key that its provider takes, and shows its last four characters and never more', async () => {
  const browser = await user();
  const { key, blocks } = makeCanary();
  const made = await stored(storeKey(lab, browser, key, { name: 'Team key' }));
  expect(made).toMatchObject({
    ...{ name: 'Team key', provider: 'anthropic', state: 'active', isDefault: true, scope: 'workspace' },
    ...{ lastFour: key.slice(-4), openRuns: 0, lastUsedAt: null },
  });
  expect(await keysOf(browser)).toEqual([made]);
  const ageDays = (Date.parse(made.expiresAt ?? '') - Date.parse(made.addedAt)) / 86_400_000;
  expect(ageDays).toBe(100);
  const places = [
    await database(),
    lab.printed.join(''),
    (await browser.send('GET', ROUTES.storedKeys)).text,
  ];
  for (const block of blocks) for (const place of places) expect(place).not.toContain(block);
  for (const place of places) expect(place).not.toContain(Buffer.from(key).toString('hex').slice(0, 40));
});

it('tests a stored key by one call with exactly that key', async () => {
  const browser = await user();
  const { key } = makeCanary();
  const { id } = await stored(storeKey(lab, browser, key));
  lab.sandbox.clear();
  const answer = await ok(browser.send('POST', ROUTES.storedKeyTest(id)));
  expect(answer.json).toMatchObject({ verdict: 'works', keyId: id, origin: lab.sandbox.origin });
  expect(lab.sandbox.journal.length).toBeGreaterThan(0);
  for (const { headers } of lab.sandbox.journal) expect(Object.fromEntries(headers)['x-api-key']).toBe(key);
  expect(answer.text).not.toContain(key.slice(-16));
});

it('stores nothing that the provider does not take, and says why', async () => {
  const browser = await user();
  lab.sandbox.script([{ reply: { status: 401, body: REJECTION } }]);
  const answer = await storeKey(lab, browser, makeCanary().key);
  lab.sandbox.script([]);
  expect(failureOf(answer)).toMatchObject({ status: 422, code: 'key_rejected' });
  expect(failureOf(answer).message).toMatch(/Nothing was stored\.$/);
  expect(await keysOf(browser)).toEqual([]);
});

it('takes a key that is sealed to be stored, for this request, and no other', async () => {
  const browser = await user();
  const { key } = makeCanary();
  const refusals = [
    // a run's seal, another body, another provider's request
    await storeKey(lab, browser, key, { purpose: 'seal' }),
    await storeKey(lab, browser, key, { sent: { name: 'Another' } }),
    await storeKey(lab, browser, key, { sent: { provider: 'openai', model: 'gpt-5' } }),
  ];
  for (const answer of refusals)
    expect(failureOf(answer)).toMatchObject({ status: 422, reason: 'seal_stale' });
  const body = { workspace: await workspaceOf(browser), name: 'a', provider: 'anthropic', model: 'm' };
  const plain = await browser.send('POST', ROUTES.storedKeys, body, { [KEY_HEADER]: key });
  expect(failureOf(plain)).toMatchObject({ status: 422, code: 'key_malformed' });
  const run = randomBytes(16).toString('base64url');
  await stored(storeKey(lab, browser, key, { run }));
  expect(failureOf(await storeKey(lab, browser, makeCanary().key, { run }))).toMatchObject({
    reason: 'seal_stale',
  });
  expect(await keysOf(browser)).toHaveLength(1);
});

it('takes no key into another workspace than the page showed, and none in a name', async () => {
  const browser = await user();
  const { key } = makeCanary();
  expect(failureOf(await storeKey(lab, browser, key, { workspace: 'elsewhere' })).status).toBe(409);
  for (const name of [key, `mine: ${key}`])
    expect(failureOf(await storeKey(lab, browser, key, { name }))).toMatchObject({ field: 'name' });
  expect(await keysOf(browser)).toEqual([]);
});

it('takes none in the site, which every member sees and name servers hear', async () => {
  const browser = await user();
  // as Azure's old keys are: nothing tells them from the name of a resource
  const key = randomBytes(16).toString('hex');
  lab.sandbox.clear();
  for (const site of [key, `${key}.openai.azure.com`]) {
    const answer = await storeKey(lab, browser, key, { provider: 'azure', model: 'deployment', site });
    expect(failureOf(answer)).toMatchObject({ status: 422, field: 'site' });
    expect(answer.text).not.toContain(key);
  }
  expect(lab.sandbox.journal).toEqual([]);
  for (const place of [await database(), lab.printed.join('')]) expect(place).not.toContain(key);
});

it('knows a key that is stored already, without a hash of any', async () => {
  const browser = await user();
  const { key } = makeCanary();
  await stored(storeKey(lab, browser, key, { name: 'First' }));
  const again = failureOf(await storeKey(lab, browser, key, { name: 'Second' }));
  expect(again).toMatchObject({ status: 409 });
  expect(again.message).toContain('First');
  // another workspace may store the same
  await stored(storeKey(lab, await user(), key));
});

it('changes the default, removes and revokes', async () => {
  const browser = await user();
  const one = await stored(storeKey(lab, browser, makeCanary().key, { name: 'one' }));
  const two = await stored(storeKey(lab, browser, makeCanary().key, { name: 'two' }));
  expect(two.isDefault).toBe(false);
  const keep = { oldKey: 'keep' };
  expect((await browser.send('POST', ROUTES.storedKeyDefault(two.id), keep)).status).toBe(204);
  const named = async (name: string) => (await keysOf(browser)).find((key) => key.name === name);
  expect(await named('two')).toMatchObject({ isDefault: true, state: 'active' });
  expect(await named('one')).toMatchObject({ isDefault: false, state: 'previous' });
  expect((await browser.send('POST', ROUTES.storedKeyDefault(one.id), keep)).status).toBe(204);
  expect(await named('one')).toMatchObject({ isDefault: true, state: 'active', previousUntil: null });
  expect((await browser.send('DELETE', ROUTES.storedKey(two.id))).status).toBe(204);
  expect(await named('two')).toMatchObject({ state: 'destroyed', endedWhy: 'deleted' });
  expect((await browser.send('POST', ROUTES.storedKeyRevoke(one.id))).json).toEqual({ stoppedRuns: 0 });
  expect(await named('one')).toMatchObject({ state: 'destroyed', endedWhy: 'revoked' });
  for (const { id } of [one, two])
    for (const path of [ROUTES.storedKeyDefault(id), ROUTES.storedKeyRevoke(id), ROUTES.storedKeyTest(id)])
      expect((await browser.send('POST', path, keep)).status).toBe(404);
  const { rows } = await sql<{ left: boolean }>`
    select bool_or(sealed is not null) as left from vault_keys where id in (${one.id}, ${two.id})`.execute(
    db,
  );
  expect(rows[0]?.left).toBe(false);
});

it('shows members the keys and lets admins change them; who may not is written down', async () => {
  const [owner, mate] = [await user(), await user()];
  const workspace = idOf(
    await owner.send('POST', '/v1/auth/organization/create', { name: 'Shared', slug: 'shared-keys' }),
  );
  const invitationId = idOf(
    await owner.send('POST', '/v1/auth/organization/invite-member', {
      ...{ organizationId: workspace, role: 'member', email: `user-${count - 1}@example.com` },
    }),
  );
  await ok(mate.send('POST', '/v1/auth/organization/accept-invitation', { invitationId }));
  for (const one of [owner, mate])
    await ok(one.send('POST', '/v1/auth/organization/set-active', { organizationId: workspace }));
  const { id } = await stored(storeKey(lab, owner, makeCanary().key));
  const list = await mate.send('GET', ROUTES.storedKeys);
  expect(list.json).toMatchObject({ canManage: false, keys: [{ id }] });
  const tries = [
    await storeKey(lab, mate, makeCanary().key),
    await mate.send('DELETE', ROUTES.storedKey(id)),
    await mate.send('POST', ROUTES.storedKeyRevoke(id)),
    await mate.send('POST', ROUTES.storedKeyTest(id)),
    await mate.send('POST', ROUTES.storedKeyDefault(id), { oldKey: 'end now' }),
  ];
  expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  for (const act of ['add', 'delete', 'revoke', 'test', 'default'])
    expect(await audited(`vault.key-${act}`, 'refused')).toBeGreaterThan(0);
  expect((await keysOf(owner))[0]).toMatchObject({ id, state: 'active' });
});

it('answers for a stranger’s key as for none', async () => {
  const [owner, stranger] = [await user(), await user()];
  const { id } = await stored(storeKey(lab, owner, makeCanary().key));
  const body = { oldKey: 'end now' };
  for (const [method, path] of [
    ['DELETE', ROUTES.storedKey],
    ['POST', ROUTES.storedKeyRevoke],
    ['POST', ROUTES.storedKeyTest],
    ['POST', ROUTES.storedKeyDefault],
  ] as const) {
    const theirs = await stranger.send(method, path(id), method === 'POST' ? body : undefined);
    const none = await stranger.send(method, path(randomUUID()), method === 'POST' ? body : undefined);
    expect([theirs.status, theirs.text]).toEqual([404, none.text]);
  }
});
