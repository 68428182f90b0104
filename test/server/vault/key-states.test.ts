import { randomUUID } from 'node:crypto';
import { sql, type Transaction } from 'kysely';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../../../server/storage/database.ts';
import { lockVault } from '../../../server/vault/key-locks.ts';
import {
  addKey,
  deleteKey,
  expireKeys,
  finishRun,
  makeDefault,
  revokeKey,
  startRun,
} from '../../../server/vault/key-states.ts';
import { pauseVault, resumeVault } from '../../../server/vault/vault-states.ts';
import { testStorage } from '../database.ts';

vi.setConfig({ testTimeout: 120_000 });

const { db } = await testStorage();
type Trx = Transaction<Database>;

let workspaceId = '';
beforeAll(async () => {
  workspaceId = await vault();
});

async function vault(): Promise<string> {
  const id = randomUUID();
  await sql`insert into workspaces (id, name, slug, "createdAt") values (${id}, 'w', ${id}, now())`.execute(
    db,
  );
  await db
    .insertInto('vault_workspaces')
    .values({ workspace_id: id, root_id: 'r1', wrapped: Buffer.of(1), max_age_days: null })
    .execute();
  return id;
}

const facts = (workspace: string) => ({
  ...{
    id: randomUUID(),
    workspace_id: workspace,
    provider: 'anthropic',
    site: '',
    scope: 'workspace',
    scope_id: '',
  },
  ...{ name: 'one', last4: 'abcd', owner_id: 'u', owner_handle: 'ann', model: 'm', generation: 1 },
  ...{ sealed: Buffer.of(1, 2, 3), previous_until: null, ended_at: null, ended_why: null },
  ...{ last_used_at: null, last_outcome: null },
});

const within = <T>(work: (trx: Trx) => Promise<T>): Promise<T> => db.transaction().execute(work);

async function add(workspace: string): Promise<string | undefined> {
  return within(async (trx) => {
    const row = await lockVault(trx, workspace);
    return row?.state === 'open' ? (await addKey(trx, facts(workspace))).id : undefined;
  });
}

const runOf = (workspace: string, job: string, attempt = 1) => ({
  ...{ job, attempt, worker: 'w1', workspaceId: workspace, provider: 'anthropic', site: '' },
  genesis: Buffer.of(7),
});
const start = (workspace: string, job: string, attempt?: number, maxAgeDays?: number) =>
  within((trx) => startRun(trx, runOf(workspace, job, attempt), maxAgeDays));

async function keyRow(id: string) {
  return db.selectFrom('vault_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function added(workspace = workspaceId): Promise<string> {
  const id = await add(workspace);
  if (id === undefined) throw new Error('the vault is paused');
  return id;
}

it('makes the first key the default, and a later one by choice, with the old one beside it for its time', async () => {
  const [one, two] = [await added(), await added()];
  expect(await keyRow(one)).toMatchObject({ state: 'active', is_default: true });
  expect(await keyRow(two)).toMatchObject({ state: 'active', is_default: false });
  expect(await within((trx) => makeDefault(trx, workspaceId, two, 3600))).toBe(true);
  const old = await keyRow(one);
  expect(old).toMatchObject({ state: 'previous', is_default: false });
  expect((old.previous_until?.getTime() ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
  // and back
  expect(await within((trx) => makeDefault(trx, workspaceId, one, 3600))).toBe(true);
  expect(await keyRow(one)).toMatchObject({ state: 'active', is_default: true, previous_until: null });
  expect(await keyRow(two)).toMatchObject({ state: 'previous', is_default: false });
});

it('ends the old default at once when no overlap is wanted, and a previous one when its time is over', async () => {
  const own = await vault();
  const [one, two, three] = [await added(own), await added(own), await added(own)];
  await within((trx) => makeDefault(trx, own, two, 0));
  expect(await keyRow(one)).toMatchObject({ state: 'destroyed', sealed: null, ended_why: 'replaced' });
  await within((trx) => makeDefault(trx, own, three, 3600));
  expect(await within((trx) => expireKeys(trx, own))).toEqual([]);
  await db
    .updateTable('vault_keys')
    .set({ previous_until: new Date(0) })
    .where('id', '=', two)
    .execute();
  expect(await within((trx) => expireKeys(trx, own))).toEqual([two]);
  expect(await keyRow(two)).toMatchObject({ state: 'destroyed', ended_why: 'replaced' });
});

it('keeps the key of a run through its attempts, and destroys a deleted one with its last run', async () => {
  const own = await vault();
  const [one, two] = [await added(own), await added(own)];
  const [first, second] = [randomUUID(), randomUUID()];
  for (const job of [first, second])
    expect(await start(own, job)).toMatchObject({ ok: true, key: { id: one } });
  await within((trx) => makeDefault(trx, own, two, 3600));
  expect(await start(own, first, 2)).toMatchObject({ ok: true, key: { id: one } });
  await within((trx) => deleteKey(trx, own, one));
  expect(await keyRow(one)).toMatchObject({ state: 'retiring' });
  expect((await keyRow(one)).sealed).not.toBeNull();
  // an attempt that was taken over ends nothing
  expect(await within((trx) => finishRun(trx, { job: first, attempt: 1 }, 'done'))).toBe(false);
  expect(await within((trx) => finishRun(trx, { job: first, attempt: 2 }, 'done'))).toBe(true);
  expect(await keyRow(one)).toMatchObject({ state: 'retiring', last_outcome: 'done' });
  await within((trx) => finishRun(trx, { job: second, attempt: 1 }, 'failed'));
  expect(await keyRow(one)).toMatchObject({ state: 'destroyed', sealed: null, ended_why: 'deleted' });
  expect(await start(own, first, 3)).toEqual({ ok: false, why: 'gone' });
  expect(await start(own, randomUUID())).toMatchObject({ ok: true, key: { id: two } });
});

it('takes a revoked key from its runs, and gives it to no other', async () => {
  const own = await vault();
  const one = await added(own);
  const job = randomUUID();
  await start(own, job);
  expect(await within((trx) => revokeKey(trx, own, one))).toBe(1);
  expect(await keyRow(one)).toMatchObject({ state: 'destroyed', sealed: null, ended_why: 'revoked' });
  expect(await start(own, randomUUID())).toEqual({ ok: false, why: 'gone' });
  expect(await start(own, job, 2)).toEqual({ ok: false, why: 'gone' });
  expect(await within((trx) => finishRun(trx, { job, attempt: 1 }, 'done'))).toBe(false);
  expect(await within((trx) => revokeKey(trx, own, one))).toBeUndefined();
  expect(await within((trx) => deleteKey(trx, own, one))).toBeUndefined();
  expect(await within((trx) => makeDefault(trx, own, one, 0))).toBe(false);
});

it('finds no key of another workspace', async () => {
  const [own, other] = [await vault(), await vault()];
  const theirs = await added(other);
  await added(own);
  expect(await within((trx) => makeDefault(trx, own, theirs, 0))).toBe(false);
  expect(await within((trx) => deleteKey(trx, own, theirs))).toBeUndefined();
  expect(await within((trx) => revokeKey(trx, own, theirs))).toBeUndefined();
  expect(await keyRow(theirs)).toMatchObject({ state: 'active', is_default: true });
});

it('starts nothing on a key that is older than the workspace or the operator allows', async () => {
  const own = await vault();
  const one = await added(own);
  await sql`update vault_keys set added_at = now() - interval '40 days' where id = ${one}`.execute(db);
  expect(await start(own, randomUUID(), 1, 41)).toMatchObject({ ok: true });
  expect(await start(own, randomUUID(), 1, 39)).toEqual({ ok: false, why: 'expired' });
  await db
    .updateTable('vault_workspaces')
    .set({ max_age_days: 30 })
    .where('workspace_id', '=', own)
    .execute();
  expect(await start(own, randomUUID(), 1, 41)).toEqual({ ok: false, why: 'expired' });
});

it('revokes all that is stored when its workspace is paused, and takes keys again afterwards', async () => {
  const own = await vault();
  const one = await added(own);
  const job = randomUUID();
  await start(own, job);
  expect(await within((trx) => pauseVault(trx, own))).toEqual([{ id: one, runs: 1 }]);
  expect(await keyRow(one)).toMatchObject({ state: 'destroyed', ended_why: 'paused' });
  expect(await add(own)).toBeUndefined();
  await within((trx) => resumeVault(trx, own));
  expect(await start(own, job, 2)).toEqual({ ok: false, why: 'gone' });
  expect(await start(own, randomUUID())).toEqual({ ok: false, why: 'gone' });
  const two = await added(own);
  expect(await start(own, randomUUID())).toMatchObject({ ok: true, key: { id: two } });
});
