import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Stored keys, encrypted; see server/vault. Without VAULT=on they stay empty. */
export const migration0013: Migration = {
  up: async (db) => {
    await sql`
      create table vault_roots (
        root_id text not null primary key,
        -- what the root answers to a fixed question: another root by the same id is found before anything is written under it
        proof bytea not null
      );

      create table vault_workspaces (
        workspace_id text not null primary key references workspaces (id) on delete cascade,
        state text not null default 'open' check (state in ('open', 'paused')),
        generation integer not null default 1,
        root_id text not null,
        wrapped bytea not null,
        max_age_days integer check (max_age_days > 0),
        overlap_seconds integer not null default 86400 check (overlap_seconds >= 0),
        created_at timestamptz not null default current_timestamp
      );

      create table vault_keys (
        id uuid not null primary key,
        workspace_id text not null references vault_workspaces (workspace_id) on delete cascade,
        provider text not null,
        site text not null,
        scope text not null check (scope in ('workspace', 'project', 'workload')),
        scope_id text not null,
        name text not null,
        -- null for keys so short that four characters would tell much of them
        last4 text,
        -- bound to the ciphertext, so both stay when the account goes
        owner_id text not null,
        owner_handle text not null,
        model text not null,
        version integer not null default 1,
        generation integer not null,
        state text not null check (state in ('active', 'previous', 'retiring', 'destroyed')),
        is_default boolean not null default false,
        sealed bytea,
        added_at timestamptz not null default current_timestamp,
        previous_until timestamptz,
        ended_at timestamptz,
        ended_why text,
        last_used_at timestamptz,
        last_outcome text,
        check (not is_default or state = 'active'),
        check ((state = 'previous') = (previous_until is not null)),
        check ((state = 'destroyed') = (sealed is null)),
        check ((state = 'destroyed') = (ended_at is not null))
      );
      create unique index vault_keys_default on vault_keys (workspace_id, provider, site, scope, scope_id) where is_default;
      create index vault_keys_workspace on vault_keys (workspace_id, added_at desc);

      -- why a queued run may use a stored key; whoever can only write SQL cannot make one
      create table vault_tickets (
        job_id uuid not null primary key references intent_jobs (id) on delete cascade,
        workspace_id text not null,
        site text not null,
        issued_at text not null,
        mac bytea not null
      );

      -- one for each run on a stored key; ended_at is null while a worker may have the key in its memory
      create table vault_leases (
        job_id uuid not null primary key,
        workspace_id text not null,
        key_id uuid not null references vault_keys (id) on delete cascade,
        attempt integer not null,
        worker text not null,
        since timestamptz not null default clock_timestamp(),
        ended_at timestamptz
      );
      create index vault_leases_open on vault_leases (key_id) where ended_at is null;
    `.execute(db);
  },
};
