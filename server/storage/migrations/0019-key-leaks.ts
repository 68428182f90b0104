import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How far a leaked stored key is dealt with; see server/vault/leak. */
export const migration0019: Migration = {
  up: async (db) => {
    await sql`
      create table vault_leaks (
        key_id uuid not null primary key references vault_keys (id) on delete cascade,
        since timestamptz not null,
        -- handles, as in the audit log
        vendor_revoked_at timestamptz,
        vendor_revoked_by text,
        calls_seen_at timestamptz,
        calls_seen_by text,
        usage_compared_at timestamptz,
        usage_compared_by text
      );
    `.execute(db);
  },
};
