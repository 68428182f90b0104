import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql, type Transaction } from 'kysely';
import { expect, it, vi } from 'vitest';
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

async function added(workspace: string): Promise<string> {
  const id = await add(workspace);
  if (id === undefined) throw new Error('the vault is paused');
  return id;
}

type Step = readonly [act: string, which: number];
const step = fc.tuple(
  fc.constantFrom(
    'add',
    'default',
    'start',
    'start',
    'finish',
    'delete',
    'revoke',
    'pause',
    'resume',
    'expire',
  ),
  fc.nat(7),
);

it('holds its rules whatever comes between what: every interleaving of several workers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 6 }),
      async (rounds) => {
        const own = await vault();
        await added(own);
        const jobs: string[] = [];
        const started = new Set<string>();
        for (const round of rounds) {
          const keys = await db
            .selectFrom('vault_keys')
            .select('id')
            .where('workspace_id', '=', own)
            .execute();
          // all of a round at once, on connections of their own
          const world = { own, keys: keys.map(({ id }) => id), jobs, started };
          await Promise.all(round.map((one) => act(one, world)));
          await judge(own, started);
        }
      },
    ),
    { numRuns: 40 },
  );
});

interface World {
  readonly own: string;
  readonly keys: readonly string[];
  readonly jobs: string[];
  readonly started: Set<string>;
}

async function act([what, which]: Step, { own, keys, jobs, started }: World): Promise<void> {
  const id = keys[which % keys.length] ?? '';
  if (what === 'add') await add(own);
  if (what === 'default') await within((trx) => makeDefault(trx, own, id, which % 2 === 0 ? 0 : 3600));
  if (what === 'delete') await within((trx) => deleteKey(trx, own, id));
  if (what === 'revoke') await within((trx) => revokeKey(trx, own, id));
  if (what === 'pause') await within((trx) => pauseVault(trx, own));
  if (what === 'resume') await within((trx) => resumeVault(trx, own));
  if (what === 'expire') {
    await sql`update vault_keys set previous_until = now() where id = ${id} and state = 'previous'`.execute(
      db,
    );
    await within((trx) => expireKeys(trx, own));
  }
  if (what === 'start') {
    const job = randomUUID();
    jobs.push(job);
    if ((await start(own, job)).ok) started.add(job);
  }
  const job = jobs[which % Math.max(jobs.length, 1)];
  if (what === 'finish' && job !== undefined)
    await within((trx) => finishRun(trx, { job, attempt: 1 }, 'done'));
}

async function judge(own: string, started: ReadonlySet<string>): Promise<void> {
  const keys = await db.selectFrom('vault_keys').selectAll().where('workspace_id', '=', own).execute();
  const leases = await db.selectFrom('vault_leases').selectAll().where('workspace_id', '=', own).execute();
  const open = leases.filter(({ ended_at }) => ended_at === null);
  const faults: string[] = [];
  if (keys.filter((key) => key.is_default).length > 1) faults.push('two defaults');
  if (new Set(leases.map((lease) => lease.job_id)).size !== started.size)
    faults.push('a run without its lease');
  for (const key of keys) {
    const mine = open.filter((lease) => lease.key_id === key.id);
    if (key.state === 'retiring' && mine.length === 0) faults.push('a key waits for no run');
    if (key.state === 'destroyed' && mine.length > 0) faults.push('a run has a destroyed key');
    const ended = key.ended_at;
    if (ended !== null && leases.some((lease) => lease.key_id === key.id && lease.since > ended))
      faults.push('a start behind the end of its key');
  }
  expect(faults).toEqual([]);
}
