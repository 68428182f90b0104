import { sql, type Transaction } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../../../server/storage/database.ts';
import { makeCanary } from '../../leak/canary.ts';
import { testStorage } from '../database.ts';
import { ended, start } from './stored-run.ts';
import { behind, makeRoot, verified } from './tampering.ts';
import { startVaultLab, stored, storeKey } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const root = makeRoot();
const lab = await startVaultLab(storage, { VAULT_ROOTS: root.setting });
let job = '';
let other = '';
beforeAll(async () => {
  const browser = await lab.user('caller');
  await stored(storeKey(lab, browser, makeCanary().key));
  job = await start(browser);
  other = await start(browser);
  for (const one of [job, other]) await ended(browser, one);
});
afterAll(async () => {
  await lab.stop();
  root.remove();
});

type Change = (trx: Transaction<Database>) => Promise<unknown>;
const renumber = (trx: Transaction<Database>, from: number, to: number) =>
  sql`update vault_calls set seq = ${to} where job_id = ${job} and seq = ${from}`.execute(trx);
const setRecord =
  (name: string, to: string): Change =>
  (trx) =>
    sql`update vault_calls set record = jsonb_set(record::jsonb, ${`{${name}}`}, ${to}::jsonb)::text
    where job_id = ${job} and seq = 3`.execute(trx);
const setLease =
  (set: ReturnType<typeof sql>): Change =>
  (trx) =>
    sql`update vault_leases set ${set} where job_id = ${job}`.execute(trx);

/** What somebody with SQL alone can do to the records of a run, and the record that is named: `end` is the one behind the last. */
const TAMPERED: readonly (readonly [string, Change, number | 'last' | 'end' | undefined])[] = [
  ['another key', setRecord('key', '"k"'), 3],
  ['another origin', setRecord('origin', '"https://evil.example"'), 3],
  ['another model', setRecord('model', '"m"'), 3],
  ['another phase', setRecord('phase', '"drafting"'), 3],
  ['another time', setRecord('at', '"2026-01-01T00:00:00.000Z"'), 3],
  ['another body', setRecord('body', '"x"'), 3],
  [
    'no attempt',
    (trx) =>
      sql`update vault_calls set record = (record::jsonb - 'attempt')::text where job_id = ${job} and seq = 3`.execute(
        trx,
      ),
    3,
  ],
  [
    'another mac',
    (trx) =>
      sql`update vault_calls set mac = set_byte(mac, 0, get_byte(mac, 0) # 1) where job_id = ${job} and seq = 3`.execute(
        trx,
      ),
    3,
  ],
  ['one cut out', (trx) => sql`delete from vault_calls where job_id = ${job} and seq = 3`.execute(trx), 3],
  ['the first cut', (trx) => sql`delete from vault_calls where job_id = ${job} and seq = 1`.execute(trx), 1],
  [
    'one cut out and the gap closed',
    async (trx) => {
      await sql`delete from vault_calls where job_id = ${job} and seq = 3`.execute(trx);
      await sql`update vault_calls set seq = -seq where job_id = ${job} and seq > 3`.execute(trx);
      await sql`update vault_calls set seq = -seq - 1 where job_id = ${job} and seq < 0`.execute(trx);
    },
    3,
  ],
  [
    'two swapped',
    async (trx) => {
      await renumber(trx, 2, 1000);
      await renumber(trx, 3, 2);
      await renumber(trx, 1000, 3);
    },
    2,
  ],
  [
    'one doubled at the end',
    (trx) =>
      sql`insert into vault_calls select job_id, (select max(seq) + 1 from vault_calls where job_id = ${job}), record, mac
        from vault_calls where job_id = ${job} and seq = 2`.execute(trx),
    'end',
  ],
  [
    'the last doubled, and the lease made to fit',
    async (trx) => {
      await sql`insert into vault_calls select job_id, seq + 1, record, mac from vault_calls
        where job_id = ${job} order by seq desc limit 1`.execute(trx);
      await setLease(sql`calls = calls + 1`)(trx);
    },
    'end',
  ],
  [
    'the last cut',
    (trx) =>
      sql`delete from vault_calls where job_id = ${job} and seq = (select max(seq) from vault_calls where job_id = ${job})`.execute(
        trx,
      ),
    'last',
  ],
  [
    'the last cut, and the lease made to fit',
    async (trx) => {
      await sql`delete from vault_calls where job_id = ${job} and seq = (select max(seq) from vault_calls where job_id = ${job})`.execute(
        trx,
      );
      await setLease(
        sql`calls = calls - 1, head = (select mac from vault_calls where job_id = ${job} order by seq desc limit 1)`,
      )(trx);
    },
    'last',
  ],
  [
    'all cut, and the lease made to fit',
    async (trx) => {
      await sql`delete from vault_calls where job_id = ${job}`.execute(trx);
      await setLease(sql`calls = 0, head = genesis`)(trx);
    },
    1,
  ],
  [
    'those of another run in their place',
    async (trx) => {
      await sql`delete from vault_calls where job_id = ${job}`.execute(trx);
      await sql`insert into vault_calls select ${job}, seq, record, mac from vault_calls where job_id = ${other}`.execute(
        trx,
      );
      await setLease(
        sql`(genesis, calls, head) = (select genesis, calls, head from vault_leases where job_id = ${other})`,
      )(trx);
    },
    undefined,
  ],
  ['the lease’s head', setLease(sql`head = genesis`), 'last'],
  ['the lease’s count', setLease(sql`calls = calls - 1`), 'last'],
  ['the lease’s beginning', setLease(sql`genesis = head`), undefined],
  ['the lease’s attempt', setLease(sql`attempt = 7`), undefined],
  ['the lease opened again', setLease(sql`ended_at = null`), undefined],
  ['the lease gone', (trx) => sql`delete from vault_leases where job_id = ${job}`.execute(trx), undefined],
];

it.each(TAMPERED)('names the first bad record: %s', async (_, change, record) => {
  const { calls: last } = await db
    .selectFrom('vault_leases')
    .select('calls')
    .where('job_id', '=', job)
    .executeTakeFirstOrThrow();
  const faults = await behind(db, root.file, change);
  expect(faults).toHaveLength(1);
  const named = record === 'last' ? last : record === 'end' ? last + 1 : record;
  expect(faults[0]).toMatchObject({ about: 'run', id: job });
  expect(faults[0]?.record).toBe(named);
  expect((await verified(db, root.file)).faults).toEqual([]);
});
