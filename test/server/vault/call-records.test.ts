import { spawnSync } from 'node:child_process';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { secretBuffer } from '../../../server/keys/secret-buffer.ts';
import { createCallJournal } from '../../../server/vault/runs/call-journal.ts';
import { buildProgram } from '../../build.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { until } from '../../until.ts';
import { quiet, testStorage, urlTo } from '../database.ts';
import { auditOf, ended, GOAL, start } from './stored-run.ts';
import { makeRoot, verified } from './tampering.ts';
import { Guest, startVaultLab, stored, storeKey, type VaultLab } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
/** For servers that end before the file does. */
const kept = { ...storage, stop: async () => undefined };
const root = makeRoot();
const lab = await startVaultLab(kept, { HOSTED_WORKERS: '1', VAULT_ROOTS: root.setting });
let next: VaultLab | undefined;
let browser: Browser;
let key = '';
let job = '';
let other = '';
beforeAll(async () => {
  browser = await lab.user('caller');
  key = makeCanary().key;
  await stored(storeKey(lab, browser, key));
  lab.sandbox.clear();
  job = await start(browser);
  await ended(browser, job);
});
afterAll(async () => {
  await next?.stop();
  root.remove();
});

const recordsOf = async (
  id: string,
): Promise<readonly (Readonly<Record<string, unknown>> & { readonly seq: number })[]> =>
  (await db.selectFrom('vault_calls').selectAll().where('job_id', '=', id).orderBy('seq').execute()).map(
    ({ record, seq }) => ({ ...(JSON.parse(record) as Readonly<Record<string, unknown>>), seq }),
  );

it('has a record before each call that the provider got, and one of its end', async () => {
  const calls = lab.sandbox.journal.filter(({ method }) => method === 'POST');
  const records = await recordsOf(job);
  const [sent, over] = [
    records.filter(({ kind }) => kind === 'sent'),
    records.filter(({ kind }) => kind === 'ended'),
  ];
  expect(sent.length).toBeGreaterThan(3);
  expect(sent).toHaveLength(calls.length);
  expect(over.map(({ of }) => of).sort()).toEqual(sent.map(({ seq }) => seq).sort());
  expect(sent[0]).toMatchObject({
    ...{ seq: 1, attempt: 1, provider: 'anthropic', origin: lab.sandbox.origin, path: '/v1/messages' },
    ...{
      model: 'sandbox',
      phase: 'classifying',
      key: expect.any(String),
      body: expect.stringMatching(/^[\w-]{43}$/),
    },
  });
  expect(over[0]).toMatchObject({
    outcome: 'answer',
    code: null,
    status: 200,
    inputTokens: expect.any(Number),
  });
  expect(new Set(sent.map(({ body }) => body)).size).toBe(sent.length);
  const text = JSON.stringify(records);
  for (const part of [GOAL.goal, key, key.slice(-16)]) expect(text).not.toContain(part);
});

it('is anchored in the audit log, and verified', async () => {
  const count = (await recordsOf(job)).length;
  const lease = await db
    .selectFrom('vault_leases')
    .selectAll()
    .where('job_id', '=', job)
    .executeTakeFirstOrThrow();
  expect(await auditOf(db, job)).toMatchObject([
    { action: 'run.start' },
    { action: 'vault.key-open', calls: 0, head: lease.genesis.toString('hex') },
    { action: 'vault.key-close', calls: count, head: lease.head.toString('hex') },
    { action: 'run.end' },
  ]);
  expect(await verified(db, root.file)).toMatchObject({
    workspaces: 1,
    keys: 1,
    runs: 1,
    calls: count,
    faults: [],
  });
});

it('goes on with the chain when another worker takes the run', async () => {
  lab.sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
  other = await start(browser);
  await until(async () =>
    expect((await recordsOf(other)).at(-1)).toMatchObject({ kind: 'sent', phase: 'planning' }),
  );
  await lab.stop();
  const second = await startVaultLab(kept, { VAULT_ROOTS: root.setting });
  next = second;
  const there = await new Guest(() => second.url).signIn('caller');
  expect(await ended(there, other)).toMatchObject({ state: 'done', attempts: 2 });
  const records = await recordsOf(other);
  expect(records.map(({ seq }) => seq)).toEqual(records.map((_, at) => at + 1));
  const attempts = records.map(({ attempt }) => attempt);
  expect(new Set(attempts)).toEqual(new Set([1, 2]));
  expect(attempts).toEqual(attempts.toSorted());
  expect(await verified(db, root.file)).toMatchObject({ runs: 2, faults: [] });
});

it('makes no call that cannot be written down', async () => {
  const { sandbox, url } = next as VaultLab; // as: the test before started it
  const there = await new Guest(() => url).signIn('caller');
  sandbox.clear();
  await sql`create function refuse_record() returns trigger language plpgsql as
    $$ begin raise exception 'no room'; end $$`.execute(db);
  await sql`create trigger refuse_record before insert on vault_calls for each row execute function refuse_record()`.execute(
    db,
  );
  try {
    const run = await ended(there, await start(there));
    expect(run).toMatchObject({ state: 'failed', failure: { code: 'unavailable' } });
    expect(run.failure?.message).toContain('could not be written');
    expect(sandbox.journal).toEqual([]);
  } finally {
    await sql`drop trigger refuse_record on vault_calls`.execute(db);
  }
});

it('makes no call behind the end of its lease, nor for an attempt that another one followed', async () => {
  const lease = await db
    .selectFrom('vault_leases')
    .selectAll()
    .where('job_id', '=', job)
    .executeTakeFirstOrThrow();
  const call = { phase: 'planning', item: undefined, model: 'm', path: '/', body: '{}' } as const;
  const journal = (attempt: number) =>
    createCallJournal({
      ...{ db, log: quiet, job: { id: job, attempt }, row: { id: lease.key_id, provider: 'anthropic' } },
      ...{ origin: 'https://example.com', macSecret: secretBuffer(32), chain: lease },
    });
  expect(await journal(1).begin(call)).toMatchObject({ ok: false, failure: { reason: 'key_gone' } });
  await db.updateTable('vault_leases').set({ ended_at: null }).where('job_id', '=', job).execute();
  try {
    expect(await journal(2).begin(call)).toMatchObject({ ok: false, failure: { reason: 'key_gone' } });
    // a chain that is not where this attempt left it
    await db.updateTable('vault_leases').set({ calls: 1 }).where('job_id', '=', job).execute();
    expect(await journal(1).begin(call)).toMatchObject({ ok: false, failure: { reason: 'key_gone' } });
  } finally {
    const { calls, ended_at } = lease;
    await db.updateTable('vault_leases').set({ calls, ended_at }).where('job_id', '=', job).execute();
  }
});

it('says so at a terminal, and names a bad record', async () => {
  const run = async () =>
    spawnSync(process.execPath, [await buildProgram('server/cli/vault/verify.ts')], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: urlTo(storage),
        DATA_DIR: root.folder,
        VAULT_ROOTS: root.setting,
      },
      encoding: 'utf8',
    });
  const { stdout, stderr, status } = await run();
  expect(stderr).toBe('');
  expect(stdout).toMatch(
    /^1 keys of 1 workspaces, \d+ records of \d+ runs: as they were written\.\n\d+ audit entries/,
  );
  expect(status).toBe(0);
  await sql`update vault_calls set record = record || ' ' where job_id = ${job} and seq = 2`.execute(db);
  const bad = await run();
  await sql`update vault_calls set record = rtrim(record) where job_id = ${job} and seq = 2`.execute(db);
  expect(bad.stdout).toContain(`run ${job}, record 2: this record was changed, moved or added.`);
  expect(bad.status).toBe(1);
});
