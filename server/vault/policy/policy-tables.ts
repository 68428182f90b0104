import type { SetOnce } from '../../storage/database.ts';

declare module '../../storage/database.ts' {
  interface Database {
    readonly key_policies: KeyPoliciesTable;
  }
}

/** `id` is the workspace's, or `operator`. */
export interface KeyPoliciesTable {
  readonly id: SetOnce<string>;
  readonly workspace_id: SetOnce<string | null>;
  since: Date | null;
  set_by: string | null;
  lifts_at: Date | null;
  lifted_by: string | null;
  address: string | null;
}
