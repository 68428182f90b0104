import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What authors and operators do to a published version: hide it, deprecate it, take it down. `visibility` is what then counts and is computed,
 * so that no query can forget one of them: what is hidden or taken down is private.
 */
export const migration0011: Migration = {
  up: async (db) => {
    for (const table of ['bundles', 'skill_versions'])
      await sql`
        alter table ${sql.table(table)} rename column visibility to published_as;
        alter table ${sql.table(table)} add column hidden_at timestamptz;
        alter table ${sql.table(table)} add column removal jsonb;
        alter table ${sql.table(table)} add column deprecation jsonb;
        alter table ${sql.table(table)} add column visibility text not null generated always as (
          case when hidden_at is null and removal is null then published_as else 'private' end
        ) stored;
      `.execute(db);
    await sql`
      drop index bundles_recent;
      create index bundles_recent on bundles (published_at desc) where visibility = 'public';
      -- in place of the signed description, in lists
      alter table bundles add column summary text;

      create table reports (
        id uuid not null primary key,
        handle text not null,
        name text not null,
        version text not null,
        cause text not null,
        note text not null,
        -- null: without an account, or it is gone
        reporter_id text references users (id) on delete set null,
        reported_at timestamptz not null default current_timestamp,
        closed_at timestamptz
      );
      create index reports_open on reports (reported_at) where closed_at is null;
      create unique index reports_once on reports (handle, name, version, reporter_id) where closed_at is null;
    `.execute(db);
  },
};
