import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * better-auth's tables as its own generator writes them for our options (a test asks it whether anything is missing); its camel-case
 * columns are its convention. Added by us: the form of handles, and handles that nobody may take again.
 */
export const migration0001: Migration = {
  up: async (db) => {
    await sql`
      create table "users" (
        "id" text not null primary key,
        "name" text not null,
        "email" text not null unique,
        "emailVerified" boolean not null,
        "image" text,
        "createdAt" timestamptz default current_timestamp not null,
        "updatedAt" timestamptz default current_timestamp not null,
        "handle" text not null unique check ("handle" ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
      );

      create table "sessions" (
        "id" text not null primary key,
        "expiresAt" timestamptz not null,
        "token" text not null unique,
        "createdAt" timestamptz default current_timestamp not null,
        "updatedAt" timestamptz not null,
        "ipAddress" text,
        "userAgent" text,
        "userId" text not null references "users" ("id") on delete cascade,
        "activeOrganizationId" text
      );
      create index "sessions_userId_idx" on "sessions" ("userId");

      create table "accounts" (
        "id" text not null primary key,
        "accountId" text not null,
        "providerId" text not null,
        "userId" text not null references "users" ("id") on delete cascade,
        "accessToken" text,
        "refreshToken" text,
        "idToken" text,
        "accessTokenExpiresAt" timestamptz,
        "refreshTokenExpiresAt" timestamptz,
        "scope" text,
        "password" text,
        "createdAt" timestamptz default current_timestamp not null,
        "updatedAt" timestamptz not null
      );
      create index "accounts_userId_idx" on "accounts" ("userId");

      create table "verifications" (
        "id" text not null primary key,
        "identifier" text not null,
        "value" text not null,
        "expiresAt" timestamptz not null,
        "createdAt" timestamptz default current_timestamp not null,
        "updatedAt" timestamptz default current_timestamp not null
      );
      create index "verifications_identifier_idx" on "verifications" ("identifier");

      create table "workspaces" (
        "id" text not null primary key,
        "name" text not null,
        "slug" text not null unique,
        "logo" text,
        "createdAt" timestamptz not null,
        "metadata" text
      );

      create table "members" (
        "id" text not null primary key,
        "organizationId" text not null references "workspaces" ("id") on delete cascade,
        "userId" text not null references "users" ("id") on delete cascade,
        "role" text not null,
        "createdAt" timestamptz not null,
        unique ("organizationId", "userId")
      );
      create index "members_userId_idx" on "members" ("userId");

      create table "invitations" (
        "id" text not null primary key,
        "organizationId" text not null references "workspaces" ("id") on delete cascade,
        "email" text not null,
        "role" text,
        "status" text not null,
        "expiresAt" timestamptz not null,
        "createdAt" timestamptz default current_timestamp not null,
        "inviterId" text not null references "users" ("id") on delete cascade
      );
      create index "invitations_organizationId_idx" on "invitations" ("organizationId");
      create index "invitations_email_idx" on "invitations" ("email");

      create table "rate_limits" (
        "id" text not null primary key,
        "key" text not null unique,
        "count" integer not null,
        "lastRequest" bigint not null
      );

      -- whoever took over a deleted account's handle could publish under its name
      create table retired_handles (
        handle text not null primary key,
        retired_at timestamptz not null default current_timestamp
      );
    `.execute(db);
  },
};
