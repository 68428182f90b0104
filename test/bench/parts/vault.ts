import { type Kysely, sql } from 'kysely';
import type { Payment } from '../../../server/hosted/payer.ts';
import type { Database } from '../../../server/storage/database.ts';
import { startStorage } from '../../../server/storage/start-storage.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { openStored } from '../../../server/vault/open-stored.ts';
import { fileRoot } from '../../../server/vault/roots/file-root.ts';
import { WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';
import { makeDataFolder, removeDataFolder } from '../../data-folder.ts';
import { databaseUrl } from '../../faults/stage.ts';
import { startTwoWorkers, type TwoWorkers } from '../../server/vault/two-workers.ts';
import { type Aim, aimBelow, type BenchOptions, figure, type PartResult, ratio } from '../report.ts';
import { median, quantile } from '../stats.ts';

const RUNS_AT_ONCE = 16;

/** (j) Stored keys, on an embedded PostgreSQL with a file root: opening one, starting a run on one, writing its calls down. */
export async function vault({ quick }: BenchOptions): Promise<PartResult> {
  const dataDir = makeDataFolder('bench-vault');
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log: createLog('error') });
  const two = await startTwoWorkers(storage.db, databaseUrl(dataDir));
  try {
    const { db } = storage;
    const times = quick ? 100 : 500;
    const opening = await openings(db, two, times);
    const starting = await starts(db, two, times);
    const records = await recordsPerSecond(db, two, quick ? 20 : 100);
    const row = (name: string, ms: readonly number[]) => [name, median(ms), quantile(ms, 0.99)];
    const addedMs = median(starting.queuedMs) + median(starting.begunMs) - median(starting.bareMs);
    return {
      tables: [
        {
          title: 'one after another, ms',
          columns: ['', 'median', 'p99'],
          rows: [
            row('a stored key, from its row to its bytes', opening.openedMs),
            row('the same two rows, read alone', opening.readMs),
            row('a run queued, with its ticket', starting.queuedMs),
            row('the key taken: ticket, lease, audit entry, opened', starting.begunMs),
            row('a run queued without the vault', starting.bareMs),
          ],
        },
        {
          title: 'records of calls, a second',
          columns: ['', 'signed', 'bare inserts', 'to bare'],
          rows: records.map(({ runs, signed, bare }) => [
            runs === 1 ? 'one run' : `${runs} runs at once`,
            ...[signed, bare, ratio(signed / bare)],
          ]),
        },
      ],
      aims: [
        aimBelow(
          'opening a stored key adds, median',
          median(opening.openedMs) - median(opening.readMs),
          1,
          'ms',
        ),
        aimBelow('enqueue to start adds, median', addedMs, 5, 'ms'),
        atLeast('signed records, 16 runs at once', records.at(-1)?.signed ?? Number.NaN, 1000),
      ],
      notes: [
        'A bare insert is one durable row in a table of its own; a signed record is that and its lease’s row, in one statement.',
      ],
    };
  } finally {
    await two.stop();
    await storage.stop();
    removeDataFolder(dataDir);
  }
}

function atLeast(what: string, value: number, limit: number): Aim {
  return { what, aim: `>= ${figure(limit)} /s`, measured: `${figure(value)} /s`, met: value >= limit };
}

async function timed(times: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = [];
  for (let done = 0; done < times; done += 1) {
    const from = performance.now();
    await work();
    all.push(performance.now() - from);
  }
  return all;
}

async function openings(db: Kysely<Database>, two: TwoWorkers, times: number) {
  const id = await two.addKey();
  const secrets = new WorkspaceSecrets(db, [fileRoot('r1', two.rootFile)]);
  const log = createLog('error');
  const readKey = () =>
    db.selectFrom('vault_keys').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const readMs = await timed(times, async () => {
    await readKey();
    await db
      .selectFrom('vault_workspaces')
      .selectAll()
      .where('workspace_id', '=', two.workspaceId)
      .executeTakeFirst();
  });
  const openedMs = await timed(times, async () => {
    const key = await openStored(await readKey(), { secrets, log });
    if (key === undefined) throw new Error('the key does not open');
    key.wipe();
  });
  return { readMs, openedMs };
}

async function starts(db: Kysely<Database>, two: TwoWorkers, times: number) {
  const [queuedMs, begunMs]: number[][] = [[], []];
  for (let done = 0; done < times; done += 1) {
    const from = performance.now();
    const job = await two.queue();
    const queued = performance.now();
    const paid = await two.payers[0].for(job);
    begunMs?.push(performance.now() - queued);
    queuedMs?.push(queued - from);
    if (!paid.ok) throw new Error(paid.failure.message);
    await paid.value.close(undefined);
  }
  const bareMs = await timed(times, () =>
    db.transaction().execute((trx) =>
      sql`insert into intent_jobs (id, owner_id, workspace_id, handle, request, provider, model, credentials, state, budget_day,
        reserved_micros, usage) select gen_random_uuid(), owner_id, workspace_id, handle, request, provider, model, 'operator', 'done',
        budget_day, 0, usage from intent_jobs limit 1`.execute(trx),
    ),
  );
  return { queuedMs: queuedMs ?? [], begunMs: begunMs ?? [], bareMs };
}

const CALL = {
  phase: 'drafting',
  item: 'i',
  model: 'm',
  path: '/v1/messages',
  body: '{}'.padEnd(20_000),
} as const;

async function begin(two: TwoWorkers): Promise<Payment> {
  const paid = await two.payers[1].for(await two.queue());
  if (!paid.ok) throw new Error(paid.failure.message);
  return paid.value;
}

async function recordsPerSecond(db: Kysely<Database>, two: TwoWorkers, each: number) {
  await sql`create table bench_records (job uuid, seq integer, record text, mac bytea)`.execute(db);
  const found: { readonly runs: number; readonly signed: number; readonly bare: number }[] = [];
  for (const runs of [1, RUNS_AT_ONCE]) {
    const payments = await Promise.all(Array.from({ length: runs }, () => begin(two)));
    const signed = await rate(payments, each, async ({ upstream }) => {
      const entry = await upstream.journal?.begin(CALL);
      if (!entry?.ok) throw new Error('a record was not written');
    });
    const bare = await rate(payments, each, () =>
      sql`insert into bench_records values (gen_random_uuid(), 1, ${'r'.repeat(350)}, ${Buffer.alloc(32)})`.execute(
        db,
      ),
    );
    for (const payment of payments) await payment.close(undefined);
    found.push({ runs, signed, bare });
  }
  return found;
}

/** How often a second all of them together do it, each one after another. */
async function rate<T>(all: readonly T[], each: number, work: (one: T) => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await Promise.all(all.map((one) => timed(each, () => work(one))));
  return (all.length * each) / ((performance.now() - from) / 1000);
}
