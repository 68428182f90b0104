import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const migration0002: Migration = {
  up: async (db) => {
    await sql`
      create table api_tokens (
        id uuid not null primary key,
        user_id text not null references users (id) on delete cascade,
        workspace_id text not null references workspaces (id) on delete cascade,
        name text not null,
        -- sha-256 of a token of 178 random bits: nothing to guess, so no salt and no slow hash
        hash bytea not null unique,
        last_four text not null,
        scopes text[] not null,
        expires_at timestamptz,
        last_used_at timestamptz,
        created_at timestamptz not null default current_timestamp
      );
      create index api_tokens_user on api_tokens (user_id, created_at);
    `.execute(db);
  },
};
