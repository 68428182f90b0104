import { sql } from 'kysely';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { until } from '../../until.ts';
import { testStorage } from '../database.ts';
import { ok } from '../idor-requests.ts';
import { auditOf, ended, failureOf, keysSent, STORED, start } from './stored-run.ts';
import { keysOf, startVaultLab, stored, storeKey } from './vault-lab.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const lab = await startVaultLab(storage, { HOSTED_WORKERS: '1' });
const labs = [lab];
afterAll(async () => {
  for (const one of labs.toReversed()) await one.stop();
});
afterEach(() => {
  lab.sandbox.script([]);
  lab.sandbox.clear();
});

let count = 0;
const user = (): Promise<Browser> => lab.user(`holder-${count++}`);

/** Until its provider has been asked for a plan. */
async function underWay(job: string): Promise<void> {
  await until(async () => {
    const events = await db
      .selectFrom('intent_events')
      .select('data')
      .where('job_id', '=', job)
      .where('name', '=', 'phase')
      .execute();
    expect(events.map(({ data }) => data).join()).toContain('planning');
  });
}

const openLeases = async () =>
  (await db.selectFrom('vault_leases').select('job_id').where('ended_at', 'is', null).execute()).map(
    ({ job_id }) => job_id,
  );

it('ends runs under way at once when their key is revoked, and those that wait when they begin', async () => {
  const browser = await user();
  const { key } = makeCanary();
  const { id } = await stored(storeKey(lab, browser, key));
  lab.sandbox.clear();
  lab.sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
  const running = await start(browser);
  await underWay(running);
  const waiting = await start(browser);
  expect(lab.server.parts.sockets.leases).toBe(1);
  expect(await keysOf(browser)).toMatchObject([{ id, openRuns: 1 }]);

  const answer = await ok(browser.send('POST', ROUTES.storedKeyRevoke(id)));
  expect(answer.json).toEqual({ stoppedRuns: 1 });
  for (const job of [running, waiting])
    expect(await ended(browser, job)).toMatchObject({
      ...{ state: 'failed', credentials: 'stored', failure: { code: 'key_missing', reason: 'key_gone' } },
    });
  expect(lab.server.parts.sockets.leases).toBe(0);
  expect(await openLeases()).toEqual([]);
  expect([...keysSent(lab)]).toEqual([key]);
  expect(await auditOf(db, running)).toContainEqual(
    expect.objectContaining({
      action: 'vault.key-close',
      outcome: 'failed',
      code: 'key_missing',
      taken: true,
    }),
  );
  expect(await auditOf(db, waiting)).toMatchObject([
    { action: 'run.start' },
    { action: 'vault.key-open', outcome: 'refused', why: 'gone' },
    { action: 'run.end', outcome: 'failed' },
  ]);
  expect(failureOf(await browser.send('POST', ROUTES.hosted, STORED))).toMatchObject({ reason: 'key_gone' });
});

it('ends a run whose key was taken without a word to this process', async () => {
  const browser = await user();
  await stored(storeKey(lab, browser, makeCanary().key));
  lab.sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
  const job = await start(browser);
  await underWay(job);
  await sql`update vault_leases set ended_at = now() where job_id = ${job}`.execute(db);
  expect(await ended(browser, job)).toMatchObject({ state: 'failed', failure: { reason: 'key_gone' } });
});

it.each([
  ['keep', 'previous'],
  ['end now', 'retiring'],
] as const)(
  'lets a run keep the key that it began with when another is made the default (%s)',
  async (oldKey, state) => {
    const browser = await user();
    const [old, fresh] = [makeCanary().key, makeCanary().key];
    const first = await stored(storeKey(lab, browser, old, { name: 'Old' }));
    const second = await stored(storeKey(lab, browser, fresh, { name: 'New' }));
    lab.sandbox.clear();
    lab.sandbox.script([{ phase: 'plan', held: true }]);
    const job = await start(browser);
    await underWay(job);
    expect((await browser.send('POST', ROUTES.storedKeyDefault(second.id), { oldKey })).status).toBe(204);
    expect((await keysOf(browser)).find(({ id }) => id === first.id)).toMatchObject({ state, openRuns: 1 });
    lab.sandbox.release();
    expect(await ended(browser, job)).toMatchObject({
      state: 'done',
      storedKey: { id: first.id, name: 'Old' },
    });
    expect([...keysSent(lab)]).toEqual([old]);
    const after = (await keysOf(browser)).find(({ id }) => id === first.id);
    expect(after?.state).toBe(oldKey === 'end now' ? 'destroyed' : 'previous');

    lab.sandbox.script([]);
    lab.sandbox.clear();
    expect(await ended(browser, await start(browser))).toMatchObject({
      ...{ state: 'done', storedKey: { id: second.id, name: 'New' } },
    });
    expect([...keysSent(lab)]).toEqual([fresh]);
  },
);

it('gives its key back when its owner cancels it', async () => {
  const browser = await user();
  const { id } = await stored(storeKey(lab, browser, makeCanary().key));
  lab.sandbox.script([{ phase: 'plan', stop: { how: 'hang', after: 1 } }]);
  const job = await start(browser);
  await underWay(job);
  await browser.send('DELETE', ROUTES.hostedRun(job));
  expect(await ended(browser, job)).toMatchObject({ state: 'cancelled' });
  expect(lab.server.parts.sockets.leases).toBe(0);
  expect(await keysOf(browser)).toMatchObject([{ id, openRuns: 0, lastOutcome: 'cancelled' }]);
});

it('opens no key when that cannot be written to the audit log', async () => {
  const browser = await user();
  await stored(storeKey(lab, browser, makeCanary().key));
  lab.sandbox.clear();
  await sql`create function refuse_opening() returns trigger language plpgsql as
    $$ begin raise exception 'the audit log is full'; end $$`.execute(db);
  await sql`create trigger refuse_opening before insert on audit_entries for each row
    when (new.action = 'vault.key-open') execute function refuse_opening()`.execute(db);
  try {
    const job = await start(browser);
    expect(await ended(browser, job)).toMatchObject({ state: 'failed', failure: { code: 'internal' } });
    expect(lab.sandbox.journal).toEqual([]);
    expect(await db.selectFrom('vault_leases').select('job_id').where('job_id', '=', job).execute()).toEqual(
      [],
    );
  } finally {
    await sql`drop trigger refuse_opening on audit_entries`.execute(db);
  }
});

it('is begun by nobody where a worker opens no stored keys, and asked for nowhere that stores none', async () => {
  const browser = await user();
  await stored(storeKey(lab, browser, makeCanary().key));
  lab.sandbox.clear();
  lab.sandbox.script([{ phase: 'plan', held: true }]);
  await underWay(await start(browser));
  const job = await start(browser);
  // the last test: a server that stops takes the database's connections with it, and these two share theirs
  const without = await startVaultLab(storage, { VAULT: 'off', VAULT_ROOTS: '' });
  labs.push(without);
  expect(await ended(browser, job)).toMatchObject({
    ...{ state: 'failed', credentials: 'stored', storedKey: null, failure: { reason: 'vault_sealed' } },
  });
  expect(without.sandbox.journal).toEqual([]);
  const there = await without.user('elsewhere');
  expect(failureOf(await there.send('POST', ROUTES.hosted, STORED))).toMatchObject({
    ...{ status: 422, field: 'credentials' },
  });
});
