import type { KeyObject } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';
import type { Log } from '../telemetry/log.ts';
import { type AuditEvent, eventToFacts, GENESIS, hashOf } from './audit-chain.ts';
import { factsToRow } from './audit-rows.ts';
import { createHeadFile } from './head-file.ts';
import type { AuditHead } from './head-lines.ts';
import { createLaterWrites } from './later-writes.ts';

/** The audit log for the rooms that write to it. Entries are never changed or deleted here. */
export interface Audit {
  /**
   * Runs a change and writes it down in the same transaction: both happen, or neither. `record` is best called last, since it
   * holds the workspace's head until the end.
   */
  transact<T>(
    work: (trx: Transaction<Database>, record: (event: AuditEvent) => Promise<void>) => Promise<T>,
  ): Promise<T>;
  /** Writes down what happened outside of the database. */
  write(event: AuditEvent): Promise<void>;
  /** The same for callers that cannot wait for a database that may be away. It never rejects. */
  writeSoon(event: AuditEvent): void;
  /** Writes what waits, as far as the database allows. */
  stop(): Promise<void>;
}

/** `headFile` is a path outside the database; see `createHeadFile` for what it protects against. */
export interface AuditOptions {
  readonly db: Kysely<Database>;
  readonly headFile: string;
  /** Signs the lines of that file. */
  readonly headKey: KeyObject;
  readonly log: Log;
  readonly now?: () => Date;
}

/** The audit log over a database and a file of heads. Without `now` it takes the time of the process. */
export function createAudit({ db, headFile, headKey, log, now = () => new Date() }: AuditOptions): Audit {
  const heads = createHeadFile(headFile, headKey, log);

  const transact: Audit['transact'] = async (work) => {
    const appended: AuditHead[] = [];
    const result = await db
      .transaction()
      .execute((trx) => work(trx, async (event) => void appended.push(await append(trx, event, now()))));
    // Only after the commit: a head that was rolled back would make the database look tampered with.
    for (const head of appended) heads.note(head);
    return result;
  };
  const write: Audit['write'] = (event) => transact((_, record) => record(event));

  const later = createLaterWrites(write, log);

  return {
    transact,
    write,
    writeSoon: later.add,
    stop: async () => {
      await later.stop();
      await heads.flush();
    },
  };
}

/** Locks the workspace's head, so that its writers wait here and other workspaces' do not. */
async function append(trx: Transaction<Database>, event: AuditEvent, at: Date): Promise<AuditHead> {
  const head = await trx
    .insertInto('audit_heads')
    .values({ workspace_id: event.workspaceId, seq: 0, hash: GENESIS })
    // An update that changes nothing, for its lock: it returns the row whether it is new or not.
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet((row) => ({ seq: row.ref('audit_heads.seq') })),
    )
    .returning(['seq', 'hash'])
    .executeTakeFirstOrThrow();

  const facts = eventToFacts(event, head.seq + 1, at);
  const hash = hashOf(head.hash, facts);
  await trx
    .with('moved', (cte) =>
      cte
        .updateTable('audit_heads')
        .set({ seq: facts.seq, hash })
        .where('workspace_id', '=', event.workspaceId),
    )
    .insertInto('audit_entries')
    .values(factsToRow(facts, head.hash, hash))
    .execute();
  return { workspaceId: event.workspaceId, seq: facts.seq, hash };
}
