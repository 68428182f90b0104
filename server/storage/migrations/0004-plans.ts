import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const migration0004: Migration = {
  up: async (db) => {
    await sql`
      create table intent_plans (
        id uuid not null primary key,
        owner_id text not null references users (id) on delete cascade,
        workspace_id text not null references workspaces (id) on delete cascade,
        title text not null,
        goal text not null,
        -- intent, plan, drafts, analyses
        content jsonb not null,
        usage jsonb not null,
        -- provider, model, whose credentials
        origin jsonb not null,
        outcome text not null,
        drafts integer not null,
        -- what the list searches, in lower case
        search text not null,
        rev integer not null default 1,
        save_key text,
        save_digest bytea,
        created_at timestamptz not null default current_timestamp,
        updated_at timestamptz not null default current_timestamp,
        deleted_at timestamptz,
        unique (owner_id, save_key)
      );
      create index intent_plans_owner on intent_plans (owner_id, updated_at desc) where deleted_at is null;
      create index intent_plans_deleted on intent_plans (deleted_at) where deleted_at is not null;
    `.execute(db);
  },
};
