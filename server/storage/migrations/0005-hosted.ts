import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const migration0005: Migration = {
  up: async (db) => {
    await sql`
      create table intent_jobs (
        id uuid not null primary key,
        owner_id text not null references users (id) on delete cascade,
        workspace_id text not null references workspaces (id) on delete cascade,
        handle text not null,
        request jsonb not null,
        provider text not null,
        model text not null,
        credentials text not null,
        state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
        place bigint not null generated always as identity,
        -- counts the workers that took the job; only the last one may write
        attempt integer not null default 0,
        worker text,
        request_key text,
        request_digest bytea,
        request_id text,
        budget_day text not null,
        reserved_micros bigint not null,
        usage jsonb not null,
        failure jsonb,
        plan_id uuid references intent_plans (id) on delete set null,
        cancel_requested boolean not null default false,
        created_at timestamptz not null default current_timestamp,
        started_at timestamptz,
        ended_at timestamptz,
        unique (owner_id, request_key)
      );
      create index intent_jobs_queued on intent_jobs (place) where state = 'queued';
      create index intent_jobs_owner on intent_jobs (owner_id, created_at desc);
      create index intent_jobs_plan on intent_jobs (plan_id) where plan_id is not null;

      create table intent_events (
        job_id uuid not null references intent_jobs (id) on delete cascade,
        seq integer not null,
        attempt integer not null,
        name text not null,
        -- JSON as text: a model may write what jsonb cannot hold
        data text not null,
        at timestamptz not null default clock_timestamp(),
        primary key (job_id, seq)
      );

      -- millionths of a USD, for each UTC day, of the server and of each account
      create table llm_budgets (
        scope text not null,
        day text not null,
        reserved_micros bigint not null check (reserved_micros >= 0),
        spent_micros bigint not null check (spent_micros >= 0),
        primary key (scope, day)
      );
    `.execute(db);
  },
};
