import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const migration0007: Migration = {
  up: async (db) => {
    await sql`
      -- what the author of a plan has done so far to publish it
      create table publish_drafts (
        plan_id uuid not null primary key references intent_plans (id) on delete cascade,
        owner_id text not null references users (id) on delete cascade,
        work jsonb not null,
        rev integer not null default 1,
        updated_at timestamptz not null default current_timestamp
      );
      create index publish_drafts_owner on publish_drafts (owner_id);
      create index bundles_plan on bundles (plan_id) where plan_id is not null;
    `.execute(db);
  },
};
