import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../storage/database.ts';
import { linkMac } from '../runs/call-chain.ts';
import type { VaultLeasesTable } from '../vault-tables.ts';
import type { Anchor } from './audit-says.ts';

const BATCH = 500;

type LeaseRow = Selectable<VaultLeasesTable>;

/** What is wrong with a run's records. `record`: the first that is bad, from 1. */
export interface RunFault {
  readonly id: string;
  readonly record?: number;
  readonly fault: string;
}

export interface RunsVerdict {
  readonly runs: number;
  readonly calls: number;
  readonly faults: readonly RunFault[];
}

/** Walks the chain of every run of a workspace, and holds it against its lease and the audit log. */
export async function verifyRuns(
  db: Kysely<Database>,
  workspaceId: string,
  anchors: ReadonlyMap<string, readonly Anchor[]>,
  macSecret: Buffer,
): Promise<RunsVerdict> {
  const faults: RunFault[] = [];
  const seen = new Set<string>();
  let calls = 0;
  for (let after: string | undefined; ; ) {
    let query = db.selectFrom('vault_leases').selectAll().where('workspace_id', '=', workspaceId);
    if (after !== undefined) query = query.where('job_id', '>', after);
    const leases = await query.orderBy('job_id').limit(BATCH).execute();
    for (const lease of leases) {
      after = lease.job_id;
      seen.add(lease.job_id);
      calls += lease.calls;
      const fault =
        leaseFault(lease, anchors.get(lease.job_id) ?? []) ??
        (await genesisFault(db, lease)) ??
        (await chainFault(db, { lease, anchors: anchors.get(lease.job_id) ?? [], macSecret }));
      if (fault !== undefined) faults.push({ id: lease.job_id, ...fault });
    }
    if (leases.length < BATCH) break;
  }
  for (const id of anchors.keys())
    if (!seen.has(id))
      faults.push({ id, fault: 'its lease and its records are gone, and the audit log has its key opened' });
  return { runs: seen.size, calls, faults };
}

type Fault = Omit<RunFault, 'id'>;

/** The lease as the audit log has it. */
function leaseFault(lease: LeaseRow, anchors: readonly Anchor[]): Fault | undefined {
  const opened = anchors.filter(({ kind }) => kind === 'open').at(-1);
  // a run of before calls were recorded
  if (opened === undefined && lease.calls === 0 && lease.genesis.length === 0) return undefined;
  if (opened === undefined) return { fault: 'the audit log has no opening of a key for it' };
  if (opened.key !== lease.key_id) return { fault: 'its lease names another key than the audit log' };
  if (opened.attempt !== lease.attempt)
    return { fault: 'its lease names another attempt than the audit log' };
  const closed = anchors.at(-1)?.kind === 'close';
  if (closed && lease.ended_at === null) return { fault: 'its lease was opened again behind its end' };
  return undefined;
}

/** A chain begins with its ticket, which is there as long as the run's row is. */
async function genesisFault(db: Kysely<Database>, lease: LeaseRow): Promise<Fault | undefined> {
  const ticket = await db
    .selectFrom('vault_tickets')
    .select('mac')
    .where('job_id', '=', lease.job_id)
    .executeTakeFirst();
  return ticket === undefined || lease.genesis.length === 0 || ticket.mac.equals(lease.genesis)
    ? undefined
    : { fault: 'its records do not begin with its ticket' };
}

interface Walked {
  readonly lease: LeaseRow;
  readonly anchors: readonly Anchor[];
  readonly macSecret: Buffer;
}

async function chainFault(
  db: Kysely<Database>,
  { lease, anchors, macSecret }: Walked,
): Promise<Fault | undefined> {
  const job = lease.job_id;
  const rows = await db
    .selectFrom('vault_calls')
    .selectAll()
    .where('job_id', '=', job)
    .orderBy('seq')
    .execute();
  const heads = [lease.genesis.toString('hex')];
  let previous = lease.genesis;
  for (const [at, { seq, record, mac }] of rows.entries()) {
    if (seq !== at + 1) return { record: at + 1, fault: 'this record is missing' };
    if (!linkMac(previous, { job, seq, record }, macSecret).equals(mac))
      return { record: seq, fault: 'this record was changed, moved or added' };
    previous = mac;
    heads.push(mac.toString('hex'));
  }
  const noted = Math.max(lease.calls, ...anchors.map(({ calls }) => calls));
  if (noted > rows.length) return { record: rows.length + 1, fault: 'this record is missing at the end' };
  const wrong = anchors.find(({ calls, head }) => heads[calls] !== head);
  if (wrong) return { record: Math.max(wrong.calls, 1), fault: 'the audit log has another record here' };
  if (lease.calls !== rows.length || !lease.head.equals(previous))
    return { record: rows.length, fault: 'this record is behind the end that its lease names' };
  return undefined;
}
