import type { ColumnType, Generated } from 'kysely';
import type { SetOnce } from '../storage/database.ts';

/** Accounts, workspaces and API tokens. better-auth owns the tables whose columns are in camel case. */
declare module '../storage/database.ts' {
  interface Database {
    readonly users: UsersTable;
    readonly sessions: SessionsTable;
    readonly workspaces: WorkspacesTable;
    readonly members: MembersTable;
    readonly invitations: InvitationsTable;
    readonly retired_handles: RetiredHandlesTable;
    readonly api_tokens: ApiTokensTable;
  }
}

export interface UsersTable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly handle: string;
  readonly createdAt: Generated<Date>;
}

export interface SessionsTable {
  readonly id: string;
  readonly token: string;
  readonly userId: string;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  activeOrganizationId: string | null;
}

export interface WorkspacesTable {
  readonly id: string;
  name: string;
  readonly slug: string;
  readonly createdAt: Date;
  paused_at: ColumnType<Date | null, never, Date | null>;
}

export interface MembersTable {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: string;
  readonly createdAt: Date;
}

export interface InvitationsTable {
  readonly id: string;
  readonly organizationId: string;
  readonly email: string;
  readonly role: string | null;
  readonly status: string;
  readonly expiresAt: Date;
  readonly createdAt: Generated<Date>;
}

export interface RetiredHandlesTable {
  readonly handle: string;
  readonly retired_at: Generated<Date>;
}

export interface ApiTokensTable {
  readonly id: SetOnce<string>;
  readonly user_id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  name: string;
  readonly hash: SetOnce<Buffer>;
  readonly last_four: SetOnce<string>;
  readonly scopes: SetOnce<string[]>;
  readonly expires_at: SetOnce<Date | null>;
  last_used_at: Date | null;
  readonly created_at: Generated<Date>;
}
