import type { SetOnce } from '../storage/database.ts';

/** The audit log: entries, and the last one of each workspace. */
declare module '../storage/database.ts' {
  interface Database {
    readonly audit_heads: AuditHeadsTable;
    readonly audit_entries: AuditEntriesTable;
  }
}

export interface AuditHeadsTable {
  readonly workspace_id: SetOnce<string>;
  seq: number;
  hash: Buffer;
}

export interface AuditEntriesTable {
  readonly workspace_id: SetOnce<string>;
  readonly seq: SetOnce<number>;
  readonly at: SetOnce<Date>;
  readonly actor_id: SetOnce<string | null>;
  readonly handle: SetOnce<string | null>;
  readonly action: SetOnce<string>;
  readonly outcome: SetOnce<string>;
  readonly subject: SetOnce<string | null>;
  readonly provider: SetOnce<string | null>;
  readonly model: SetOnce<string | null>;
  readonly request_id: SetOnce<string | null>;
  readonly detail: SetOnce<string>;
  readonly previous: SetOnce<Buffer>;
  readonly hash: SetOnce<Buffer>;
}
