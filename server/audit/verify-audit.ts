import type { KeyObject } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../storage/database.ts';
import { GENESIS, hashOf } from './audit-chain.ts';
import { type AuditRow, rowToFacts } from './audit-rows.ts';
import { checkHeadFile, type HeadFault } from './check-head-file.ts';
import type { AuditHead } from './head-lines.ts';

const BATCH = 1000;

/**
 * What is wrong at an entry. `rewritten`: its chain is whole but not the one that was noted; `cut off`: entries that were noted are
 * missing at the end.
 */
export type AuditFault = 'edited' | 'missing' | 'out of order' | 'rewritten' | 'cut off';

/** Either all is well, with how much was read, or the first fault, by entry or by line of the file of heads. */
export type AuditVerdict =
  | { readonly ok: true; readonly workspaces: number; readonly entries: number; readonly headFile: boolean }
  | { readonly ok: false; readonly workspaceId: string; readonly seq: number; readonly fault: AuditFault }
  | { readonly ok: false; readonly headLine: number; readonly fault: HeadFault };

/** The state of one workspace's check: what the next entry must continue, and the noted heads that it must meet. */
interface Walk {
  readonly workspaceId: string;
  seq: number;
  hash: Buffer;
  readonly noted: Map<number, Buffer>;
}

/**
 * Walks every chain and names the first bad entry, or else the first bad line of the file of heads. Without the file, a whole chain that
 * was made anew cannot be told; without the server's public key, a line that somebody else added to it.
 */
export async function verifyAudit(
  db: Kysely<Database>,
  headFile: string,
  publicKey?: KeyObject,
): Promise<AuditVerdict> {
  // The file is read first: heads are noted after their commit, so that the database has all of them, whatever is written meanwhile.
  const noted = await checkHeadFile(headFile, publicKey);
  const verdict = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((snapshot) => verifySnapshot(snapshot, noted?.heads));
  if (!verdict.ok || noted?.fault === undefined) return verdict;
  return { ok: false, headLine: noted.fault.line, fault: noted.fault.fault };
}

async function verifySnapshot(
  db: Kysely<Database>,
  noted: readonly AuditHead[] | undefined,
): Promise<AuditVerdict> {
  const heads = await db.selectFrom('audit_heads').selectAll().orderBy('workspace_id').execute();
  const ids = new Set([
    ...heads.map((head) => head.workspace_id),
    ...(noted ?? []).map((head) => head.workspaceId),
  ]);
  for (const { workspace_id } of await db
    .selectFrom('audit_entries')
    .select('workspace_id')
    .distinct()
    .execute())
    ids.add(workspace_id);

  let entries = 0;
  for (const workspaceId of [...ids].sort()) {
    const walk: Walk = { workspaceId, seq: 0, hash: GENESIS, noted: notedOf(noted ?? [], workspaceId) };
    const fault = await walkChain(db, walk);
    if (fault !== undefined) return { ok: false, workspaceId, ...fault };
    const head = heads.find((one) => one.workspace_id === workspaceId);
    const last = Math.max(head?.seq ?? 0, ...walk.noted.keys());
    if (last > walk.seq) return { ok: false, workspaceId, seq: walk.seq + 1, fault: 'cut off' };
    if (head === undefined || head.seq !== walk.seq || !head.hash.equals(walk.hash))
      return { ok: false, workspaceId, seq: walk.seq, fault: 'rewritten' };
    entries += walk.seq;
  }
  return { ok: true, workspaces: ids.size, entries, headFile: noted !== undefined };
}

function notedOf(noted: readonly AuditHead[], workspaceId: string): Map<number, Buffer> {
  return new Map(
    noted.filter((head) => head.workspaceId === workspaceId).map((head) => [head.seq, head.hash]),
  );
}

async function walkChain(
  db: Kysely<Database>,
  walk: Walk,
): Promise<{ seq: number; fault: AuditFault } | undefined> {
  for (;;) {
    const rows = await db
      .selectFrom('audit_entries')
      .selectAll()
      // Entries are written to the millisecond, as fine as JavaScript's clock. A finer time was written by somebody else.
      .select(sql<boolean>`date_trunc('milliseconds', at) = at`.as('whole'))
      .where('workspace_id', '=', walk.workspaceId)
      .where('seq', '>', walk.seq)
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const fault = faultOf(row, walk);
      if (fault !== undefined) return { seq: fault === 'missing' ? walk.seq + 1 : row.seq, fault };
      walk.seq = row.seq;
      walk.hash = row.hash;
    }
    if (rows.length < BATCH) return undefined;
  }
}

function faultOf(row: AuditRow & { readonly whole: boolean }, walk: Walk): AuditFault | undefined {
  if (row.seq !== walk.seq + 1) return 'missing';
  if (!row.previous.equals(walk.hash)) return 'out of order';
  if (!row.whole || !row.hash.equals(hashOf(walk.hash, rowToFacts(row)))) return 'edited';
  const noted = walk.noted.get(row.seq);
  return noted === undefined || noted.equals(row.hash) ? undefined : 'rewritten';
}
