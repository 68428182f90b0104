import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** No foreign keys: what happened stays when the account is gone. The triggers stop mistakes; the hash chain shows intent. */
export const migration0003: Migration = {
  up: async (db) => {
    await sql`
      create table audit_heads (
        workspace_id text not null primary key,
        seq bigint not null,
        hash bytea not null
      );

      create table audit_entries (
        workspace_id text not null,
        seq bigint not null,
        at timestamptz not null,
        actor_id text,
        handle text,
        action text not null,
        outcome text not null,
        subject text,
        provider text,
        model text,
        request_id text,
        -- JSON as text: the hash is over these very characters
        detail text not null,
        previous bytea not null,
        hash bytea not null,
        primary key (workspace_id, seq)
      );
      create index audit_entries_at on audit_entries (workspace_id, at desc);

      create function audit_is_append_only() returns trigger language plpgsql as $$
      begin
        raise exception 'audit entries are only ever added';
      end
      $$;
      create trigger audit_entries_keep before update or delete on audit_entries
        for each row execute function audit_is_append_only();
      create trigger audit_entries_keep_all before truncate on audit_entries
        for each statement execute function audit_is_append_only();
    `.execute(db);
  },
};
