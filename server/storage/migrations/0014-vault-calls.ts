import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every call of a run on a stored key, signed and chained; see server/vault/runs/call-chain.ts. */
export const migration0014: Migration = {
  up: async (db) => {
    await sql`
      -- the chain's beginning, which is the ticket's mac, how long it is, and the mac of its last record
      alter table vault_leases
        add column genesis bytea not null default ''::bytea,
        add column calls integer not null default 0,
        add column head bytea not null default ''::bytea;

      create table vault_calls (
        job_id uuid not null references vault_leases (job_id) on delete cascade,
        seq integer not null,
        -- json, kept as the characters that were signed
        record text not null,
        mac bytea not null,
        primary key (job_id, seq)
      );
    `.execute(db);
  },
};
