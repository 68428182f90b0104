import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, expect, it, vi } from 'vitest';
import { fileRoot } from '../../../server/vault/roots/file-root.ts';
import { signTicket } from '../../../server/vault/runs/tickets.ts';
import { WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';
import type { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { testStorage } from '../database.ts';
import { auditOf, ended, GOAL, keysSent, STORED, start } from './stored-run.ts';
import { startVaultLab, stored, storeKey, type VaultLab, workspaceOf } from './vault-lab.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

/** A server that only queues, so that rows can be changed before another one's workers see them. */
const storage = await testStorage();
const { db } = storage;
const queueing = await startVaultLab(storage, { HOSTED_WORKERS: '0' });
let working: VaultLab | undefined;
afterAll(async () => {
  await working?.stop();
  await queueing.stop();
});

const change = (job: string, set: ReturnType<typeof sql>) =>
  sql`update intent_jobs set ${set} where id = ${job}`.execute(db);

interface World {
  readonly browser: Browser;
  readonly workspace: string;
  /** Where the same person's key would be another's. */
  readonly elsewhere: string;
}

/** Every way to have a run that nobody asked for, for whoever can write to the database and has nothing else. */
const FORGERIES: Readonly<Record<string, (job: string, world: World) => Promise<unknown>>> = {
  'another goal': (job) => change(job, sql`request = jsonb_set(request, '{goal}', '"mine"')`),
  'a cap taken away': (job) => change(job, sql`request = request - 'caps'`),
  'another provider': (job) => change(job, sql`provider = 'openai'`),
  'another model': (job) => change(job, sql`model = 'claude-opus-4-8'`),
  'another person': (job) => change(job, sql`owner_id = (select id from users where id != owner_id limit 1)`),
  'another workspace': async (job, { elsewhere }) => {
    await change(job, sql`workspace_id = ${elsewhere}`);
    await sql`update vault_tickets set workspace_id = ${elsewhere} where job_id = ${job}`.execute(db);
  },
  'no ticket': (job) => db.deleteFrom('vault_tickets').where('job_id', '=', job).execute(),
  'half a ticket': (job) =>
    sql`update vault_tickets set mac = substr(mac, 1, 16) where job_id = ${job}`.execute(db),
  'another run’s ticket': async (job, { browser }) => {
    const other = await start(browser);
    await sql`update vault_tickets t set mac = o.mac, issued_at = o.issued_at from vault_tickets o
      where t.job_id = ${job} and o.job_id = ${other}`.execute(db);
    await change(other, sql`state = 'cancelled'`);
  },
  'a ticket made newer': (job) =>
    sql`update vault_tickets set issued_at = '2999-01-01T00:00:00.000Z' where job_id = ${job}`.execute(db),
  'a ticket without a time': (job) =>
    sql`update vault_tickets set issued_at = 'now' where job_id = ${job}`.execute(db),
  'a ticket of yesterday': async (job, { workspace }) => {
    const row = await db
      .selectFrom('intent_jobs')
      .selectAll()
      .where('id', '=', job)
      .executeTakeFirstOrThrow();
    const issuedAt = new Date(Date.now() - 25 * 3_600_000).toISOString();
    const secrets = new WorkspaceSecrets(db, [fileRoot('r1', queueing.rootFile)]);
    const mac = await secrets.withSecret(workspace, async (secret) =>
      signTicket(
        {
          ...{ job, workspaceId: workspace, generation: 1, userId: row.owner_id, site: '', issuedAt },
          ...{ provider: row.provider, model: row.model, request: row.request },
        },
        secret,
      ),
    );
    await sql`update vault_tickets set mac = ${mac}, issued_at = ${issuedAt} where job_id = ${job}`.execute(
      db,
    );
  },
};

it('opens no key for a run that was queued or changed by SQL alone', async () => {
  const [browser, other] = [await queueing.user('asker'), await queueing.user('other')];
  const { key } = makeCanary();
  await stored(storeKey(queueing, browser, key));
  await stored(storeKey(queueing, browser, makeCanary('sk-').key, { provider: 'openai' }));
  await stored(storeKey(queueing, other, makeCanary().key));
  const world = { browser, workspace: await workspaceOf(browser), elsewhere: await workspaceOf(other) };

  const asked = await start(browser, { ...STORED, caps: { tokens: 5_000_000 }, effort: 'better' });
  const forged: (readonly [string, string])[] = [];
  for (const [how, forge] of Object.entries(FORGERIES)) {
    const job = await start(browser, { ...STORED, caps: { tokens: 5_000_000 } });
    await forge(job, world);
    forged.push([how, job]);
  }
  const turned = await start(browser, GOAL);
  await change(turned, sql`credentials = 'stored', provider = 'anthropic', model = 'sandbox'`);
  forged.push(['a run on the operator’s, turned', turned]);

  const worker = await startVaultLab(storage, { VAULT_ROOTS: `r1=file:${queueing.rootFile}` });
  working = worker;
  expect(await ended(browser, asked)).toMatchObject({ failure: null, state: 'done', credentials: 'stored' });
  for (const [how, job] of forged) {
    await vi.waitFor(
      async () => {
        const row = await db
          .selectFrom('intent_jobs')
          .select(['state', 'failure'])
          .where('id', '=', job)
          .executeTakeFirstOrThrow();
        expect({ how, ...row }).toMatchObject({ how, state: 'failed', failure: { code: 'forbidden' } });
      },
      { timeout: 60_000, interval: 50 },
    );
    expect(await auditOf(db, job)).toContainEqual(
      expect.objectContaining({ action: 'vault.key-open', outcome: 'refused', why: 'noTicket' }),
    );
  }
  expect([...keysSent(worker)]).toEqual([key]);
  const leases = await db.selectFrom('vault_leases').select('job_id').execute();
  expect(leases.map(({ job_id }) => job_id)).toEqual([asked]);
});

it('queues no run for a row that comes from nowhere', async () => {
  const browser = await queueing.user('nobody');
  const { rows } = await sql<{ id: string }>`
    insert into intent_jobs (id, owner_id, workspace_id, handle, request, provider, model, credentials, state, budget_day,
      reserved_micros, usage)
    select ${randomUUID()}, owner_id, workspace_id, handle, request, provider, model, credentials, 'queued', budget_day, 0, usage
    from intent_jobs where credentials = 'stored' and state = 'done' limit 1 returning id`.execute(db);
  const job = rows[0]?.id ?? '';
  await sql`insert into vault_tickets select ${job}, workspace_id, site, issued_at, mac from vault_tickets limit 1`.execute(
    db,
  );
  await sql`insert into pgboss.job (name, data) values ('compose', ${JSON.stringify({ job })}::jsonb)`.execute(
    db,
  );
  await vi.waitFor(
    async () => {
      const row = await db.selectFrom('intent_jobs').select('state').where('id', '=', job).executeTakeFirst();
      expect(row?.state).toBe('failed');
    },
    { timeout: 60_000, interval: 50 },
  );
  expect(await auditOf(db, job)).toMatchObject([
    { action: 'vault.key-open', outcome: 'refused', why: 'noTicket' },
    { action: 'run.end', outcome: 'failed' },
  ]);
  expect((await browser.send('GET', `/v1/intent/${job}`)).status).toBe(404);
});
