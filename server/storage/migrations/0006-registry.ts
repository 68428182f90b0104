import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const migration0006: Migration = {
  up: async (db) => {
    await sql`
      create table signing_keys (
        key_id text not null primary key,
        owner_id text not null references users (id) on delete cascade,
        handle text not null,
        name text not null,
        spki bytea not null,
        created_at timestamptz not null default current_timestamp,
        revoked_at timestamptz
      );
      create index signing_keys_handle on signing_keys (handle);

      -- who has a public name first keeps it, and every name that looks like it; without an owner, whose account is gone, nobody gets it
      create table skill_names (
        outline text not null primary key,
        name text not null,
        owner_id text references users (id) on delete set null
      );

      create table bundles (
        id uuid not null primary key,
        owner_id text not null references users (id) on delete cascade,
        workspace_id text not null references workspaces (id) on delete cascade,
        handle text not null,
        name text not null,
        version text not null,
        version_order integer[] not null,
        visibility text not null,
        -- the signed bytes of bundle.json, and their signature
        manifest text not null,
        signature text not null,
        signing_key text not null references signing_keys (key_id),
        description text not null,
        licence text not null,
        plan_id uuid,
        search text not null,
        publish_key text,
        publish_digest bytea,
        published_at timestamptz not null default current_timestamp,
        unique (handle, name, version),
        unique (owner_id, publish_key)
      );
      create index bundles_recent on bundles (published_at desc) where visibility = 'public';

      create table skill_versions (
        id uuid not null primary key,
        owner_id text not null references users (id) on delete cascade,
        workspace_id text not null references workspaces (id) on delete cascade,
        bundle_id uuid not null references bundles (id) on delete cascade,
        handle text not null,
        name text not null,
        version text not null,
        version_order integer[] not null,
        visibility text not null,
        description text not null,
        licence text,
        content_digest text not null,
        archive bytea not null,
        archive_digest text not null,
        signature text not null,
        -- verdict, findings, acknowledgement
        analysis jsonb not null,
        published_at timestamptz not null default current_timestamp,
        unique (handle, name, version)
      );
      create index skill_versions_archive on skill_versions (archive_digest);

      create table skill_files (
        skill_id uuid not null references skill_versions (id) on delete cascade,
        path text not null,
        content text not null,
        bytes integer not null,
        sha256 text not null,
        primary key (skill_id, path)
      );

      -- what a bundle is made of, its own skills and reused ones
      create table bundle_skills (
        bundle_id uuid not null references bundles (id) on delete cascade,
        position integer not null,
        skill_id uuid not null references skill_versions (id) on delete cascade,
        primary key (bundle_id, position)
      );
    `.execute(db);
  },
};
