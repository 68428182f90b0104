import type { Generated } from 'kysely';
import type { SetOnce } from '../storage/database.ts';

/** Stored keys, encrypted, and who uses them. */
declare module '../storage/database.ts' {
  interface Database {
    readonly vault_roots: VaultRootsTable;
    readonly vault_workspaces: VaultWorkspacesTable;
    readonly vault_keys: VaultKeysTable;
    readonly vault_tickets: VaultTicketsTable;
    readonly vault_leases: VaultLeasesTable;
    readonly vault_calls: VaultCallsTable;
  }
}

export interface VaultRootsTable {
  readonly root_id: SetOnce<string>;
  readonly proof: SetOnce<Buffer>;
}

export interface VaultWorkspacesTable {
  readonly workspace_id: SetOnce<string>;
  state: Generated<string>;
  readonly generation: Generated<number>;
  root_id: string;
  wrapped: Buffer;
  max_age_days: number | null;
  overlap_seconds: Generated<number>;
  readonly created_at: Generated<Date>;
}

export interface VaultKeysTable {
  readonly id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  readonly provider: SetOnce<string>;
  readonly site: SetOnce<string>;
  readonly scope: SetOnce<string>;
  readonly scope_id: SetOnce<string>;
  readonly name: SetOnce<string>;
  readonly last4: SetOnce<string | null>;
  readonly owner_id: SetOnce<string>;
  readonly owner_handle: SetOnce<string>;
  /** The model that it was checked with. */
  readonly model: SetOnce<string>;
  readonly version: Generated<number>;
  readonly generation: SetOnce<number>;
  /** `active`, `previous` (until `previous_until`), `retiring` (its runs finish) or `destroyed`. */
  state: string;
  is_default: boolean;
  sealed: Buffer | null;
  /** Over what never changes in this row. */
  readonly facts_mac: Generated<Buffer | null>;
  readonly added_at: Generated<Date>;
  previous_until: Date | null;
  ended_at: Date | null;
  ended_why: string | null;
  last_used_at: Date | null;
  last_outcome: string | null;
}

export interface VaultTicketsTable {
  readonly job_id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  readonly site: SetOnce<string>;
  /** ISO 8601, as the ticket's MAC covers it. */
  readonly issued_at: SetOnce<string>;
  readonly mac: SetOnce<Buffer>;
}

export interface VaultLeasesTable {
  readonly job_id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  key_id: string;
  attempt: number;
  worker: string;
  since: Date;
  ended_at: Date | null;
  /** The MAC of its ticket, from which the chain of its calls goes on. */
  readonly genesis: Generated<Buffer>;
  calls: Generated<number>;
  /** The last call's MAC; the ticket's, where there is none. */
  head: Generated<Buffer>;
}

export interface VaultCallsTable {
  readonly job_id: SetOnce<string>;
  readonly seq: SetOnce<number>;
  readonly record: SetOnce<string>;
  readonly mac: SetOnce<Buffer>;
}
