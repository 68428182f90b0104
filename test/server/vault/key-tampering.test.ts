import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../../../server/storage/database.ts';
import { openStored } from '../../../server/vault/open-stored.ts';
import { fileRoot } from '../../../server/vault/roots/file-root.ts';
import { WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { makeCanary } from '../../leak/canary.ts';
import { quiet, testStorage } from '../database.ts';
import { ok } from '../idor-requests.ts';
import { ended, start } from './stored-run.ts';
import { behind, makeRoot, verified } from './tampering.ts';
import { startVaultLab, stored, storeKey, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const root = makeRoot();
const lab = await startVaultLab(storage, { VAULT_ROOTS: root.setting });
afterAll(async () => {
  await lab.stop();
  root.remove();
});

/** `mine` was run on and made the default again behind `previous`; `gone` was revoked; `theirs` is another workspace's. */
const ids = { mine: '', previous: '', spare: '', gone: '', theirs: '', workspace: '', elsewhere: '' };
beforeAll(async () => {
  const [browser, other] = [await lab.user('keeper'), await lab.user('other')];
  const add = async (name: string) => (await stored(storeKey(lab, browser, makeCanary().key, { name }))).id;
  ids.mine = await add('mine');
  ids.previous = await add('previous');
  ids.spare = await add('spare');
  ids.gone = await add('gone');
  ids.theirs = (await stored(storeKey(lab, other, makeCanary().key))).id;
  ids.workspace = await workspaceOf(browser);
  ids.elsewhere = await workspaceOf(other);
  await ended(browser, await start(browser));
  for (const id of [ids.previous, ids.mine])
    await browser.send('POST', ROUTES.storedKeyDefault(id), { oldKey: 'keep' });
  await sql`create table old_rows as select * from vault_keys`.execute(db);
  await ok(browser.send('POST', ROUTES.storedKeyRevoke(ids.gone)));
});

type Trx = Transaction<Database>;

async function opens(trx: Trx, id: string): Promise<boolean> {
  const row = await trx.selectFrom('vault_keys').selectAll().where('id', '=', id).executeTakeFirst();
  const secrets = new WorkspaceSecrets(trx, [fileRoot('r1', root.file)]);
  const key = row && (await openStored(row, { secrets, log: quiet }));
  key?.wipe();
  return key !== undefined;
}

/** Every column of a key's row, with another value for it, and whether the key then still opens. */
const FIELDS: Readonly<Record<string, readonly [set: ReturnType<typeof sql>, opens: boolean]>> = {
  id: [sql`id = gen_random_uuid()`, false],
  workspace_id: [
    sql`workspace_id = (select max(workspace_id) from vault_workspaces v where v.workspace_id != vault_keys.workspace_id)`,
    false,
  ],
  provider: [sql`provider = 'openai'`, false],
  site: [sql`site = 'eu'`, false],
  scope: [sql`scope = 'project'`, false],
  scope_id: [sql`scope_id = 'p'`, false],
  name: [sql`name = 'another'`, false],
  last4: [sql`last4 = 'zzzz'`, false],
  owner_id: [sql`owner_id = 'somebody'`, false],
  owner_handle: [sql`owner_handle = 'somebody'`, false],
  model: [sql`model = 'another'`, false],
  version: [sql`version = 2`, false],
  generation: [sql`generation = 2`, false],
  sealed: [sql`sealed = set_byte(sealed, 80, get_byte(sealed, 80) # 1)`, false],
  added_at: [sql`added_at = added_at + interval '1 day'`, false],
  facts_mac: [sql`facts_mac = set_byte(facts_mac, 0, get_byte(facts_mac, 0) # 1)`, false],
  state: [sql`state = 'retiring'`, true],
  is_default: [sql`is_default = not is_default`, true],
  previous_until: [sql`state = 'previous', previous_until = now() + interval '1 year'`, true],
  ended_at: [sql`state = 'destroyed', sealed = null, ended_at = now()`, false],
  ended_why: [sql`ended_why = 'deleted'`, true],
  last_used_at: [sql`last_used_at = now()`, true],
  last_outcome: [sql`last_outcome = 'failed'`, true],
};

it('knows every column of the row', async () => {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns where table_name = 'vault_keys'`.execute(db);
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(FIELDS).sort());
  expect(await verified(db, root.file)).toMatchObject({ keys: 5, faults: [] });
});

it.each(Object.entries(FIELDS))('names a key whose %s was changed', async (field, [set, stillOpens]) => {
  // two defaults cannot be
  const id = field === 'is_default' ? ids.mine : ids.spare;
  let opened: boolean | undefined;
  const faults = await behind(db, root.file, async (trx) => {
    const { rows } = await sql<{
      id: string;
    }>`update vault_keys set ${set} where id = ${id} returning id`.execute(trx);
    opened = await opens(trx, rows[0]?.id ?? '');
  });
  expect(faults).toContainEqual(expect.objectContaining({ about: 'key', id }));
  expect(opened).toBe(stillOpens);
});

const moved = (from: string, to: string) => (trx: Trx) =>
  sql`update vault_keys k set sealed = o.sealed from vault_keys o where k.id = ${to} and o.id = ${from}`.execute(
    trx,
  );
const putBack = (id: () => string) => async (trx: Trx) => {
  await sql`delete from vault_keys where id = ${id()}`.execute(trx);
  await sql`insert into vault_keys select * from old_rows where id = ${id()}`.execute(trx);
};

/** Rows and parts of rows in another's place, and what is named. */
const SWAPPED: Readonly<
  Record<string, readonly [change: (trx: Trx) => Promise<unknown>, named: keyof typeof ids]>
> = {
  'another key’s ciphertext': [(trx) => moved(ids.spare, ids.mine)(trx), 'mine'],
  'another workspace’s ciphertext': [(trx) => moved(ids.theirs, ids.mine)(trx), 'mine'],
  'a ciphertext with all that signs it': [
    (trx) =>
      sql`update vault_keys k set (sealed, facts_mac, name, last4, added_at) =
        (select sealed, facts_mac, name, last4, added_at from vault_keys where id = ${ids.spare}) where id = ${ids.mine}`.execute(
        trx,
      ),
    'mine',
  ],
  'a row in another workspace': [
    (trx) =>
      sql`update vault_keys set workspace_id = ${ids.elsewhere}, is_default = false where id = ${ids.mine}`.execute(
        trx,
      ),
    'mine',
  ],
  'the secrets of two workspaces': [
    (trx) =>
      sql`update vault_workspaces v set wrapped = o.wrapped from vault_workspaces o where v.workspace_id != o.workspace_id`.execute(
        trx,
      ),
    'workspace',
  ],
  'a revoked key put back': [(trx) => putBack(() => ids.gone)(trx), 'gone'],
  'the previous key made the default': [
    async (trx) => {
      await sql`update vault_keys set is_default = false where id = ${ids.mine}`.execute(trx);
      await sql`update vault_keys set is_default = true, state = 'active', previous_until = null where id = ${ids.previous}`.execute(
        trx,
      );
    },
    'previous',
  ],
  'a revoked key’s row deleted': [
    (trx) => sql`delete from vault_keys where id = ${ids.gone}`.execute(trx),
    'gone',
  ],
  'a key copied under another id': [
    (trx) =>
      sql`insert into vault_keys select (jsonb_populate_record(k, jsonb_build_object('id', ${randomUUID()}::text,
        'name', 'copy', 'is_default', false))).* from vault_keys k where id = ${ids.spare}`.execute(trx),
    'spare',
  ],
};

it.each(Object.entries(SWAPPED))('names %s', async (what, [change, named]) => {
  const faults = await behind(db, root.file, change);
  if (what === 'a key copied under another id')
    expect(faults).toMatchObject([{ about: 'key', fault: 'the audit log has nobody add it' }]);
  else expect(faults.map(({ id }) => id)).toContain(ids[named]);
  expect((await verified(db, root.file)).faults).toEqual([]);
});
