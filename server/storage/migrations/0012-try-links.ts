import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Private links to unpublished plans, of which only the hash is kept. */
export const migration0012: Migration = {
  up: async (db) => {
    await sql`
      create table try_links (
        id uuid not null primary key,
        plan_id uuid not null references intent_plans (id) on delete cascade,
        owner_id text not null references users (id) on delete cascade,
        token_hash bytea not null unique,
        created_at timestamptz not null default current_timestamp,
        expires_at timestamptz not null
      );
      create index try_links_plan on try_links (plan_id);
    `.execute(db);
  },
};
