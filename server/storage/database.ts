import type { ColumnType, Generated, JSONColumnType } from 'kysely';

/** The tables that our own queries touch. better-auth owns the ones in camel case. */
export interface Database {
  readonly users: UsersTable;
  readonly sessions: SessionsTable;
  readonly workspaces: WorkspacesTable;
  readonly members: MembersTable;
  readonly retired_handles: RetiredHandlesTable;
  readonly api_tokens: ApiTokensTable;
  readonly audit_heads: AuditHeadsTable;
  readonly audit_entries: AuditEntriesTable;
  readonly intent_plans: IntentPlansTable;
  readonly intent_jobs: IntentJobsTable;
  readonly intent_events: IntentEventsTable;
  readonly llm_budgets: LlmBudgetsTable;
}

type SetOnce<T> = ColumnType<T, T, never>;

interface UsersTable {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly handle: string;
  readonly createdAt: Generated<Date>;
}

interface SessionsTable {
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

interface WorkspacesTable {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly createdAt: Date;
}

interface MembersTable {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: string;
  readonly createdAt: Date;
}

interface RetiredHandlesTable {
  readonly handle: string;
  readonly retired_at: Generated<Date>;
}

interface ApiTokensTable {
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

interface AuditHeadsTable {
  readonly workspace_id: SetOnce<string>;
  seq: number;
  hash: Buffer;
}

interface AuditEntriesTable {
  readonly workspace_id: SetOnce<string>;
  readonly seq: SetOnce<number>;
  readonly at: SetOnce<Date>;
  readonly actor_id: SetOnce<string | null>;
  readonly handle: SetOnce<string | null>;
  readonly action: SetOnce<string>;
  readonly outcome: SetOnce<string>;
  readonly subject: SetOnce<string | null>;
  readonly provider: SetOnce<string | null>;
  readonly model: SetOnce<string | null>;
  readonly request_id: SetOnce<string | null>;
  readonly detail: SetOnce<string>;
  readonly previous: SetOnce<Buffer>;
  readonly hash: SetOnce<Buffer>;
}

interface IntentPlansTable {
  readonly id: SetOnce<string>;
  readonly owner_id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  title: string;
  readonly goal: SetOnce<string>;
  content: JSONColumnType<object>;
  usage: JSONColumnType<object>;
  readonly origin: JSONColumnType<object, string, never>;
  outcome: string;
  drafts: number;
  search: string;
  rev: Generated<number>;
  readonly save_key: SetOnce<string | null>;
  readonly save_digest: SetOnce<Buffer | null>;
  readonly created_at: Generated<Date>;
  updated_at: Generated<Date>;
  deleted_at: ColumnType<Date | null, never, Date | null>;
}

interface IntentJobsTable {
  readonly id: SetOnce<string>;
  readonly owner_id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  readonly handle: SetOnce<string>;
  readonly request: JSONColumnType<object, string, never>;
  readonly provider: SetOnce<string>;
  readonly model: SetOnce<string>;
  readonly credentials: SetOnce<string>;
  state: string;
  /** Counts up over all jobs: the order of the queue. */
  readonly place: Generated<number>;
  attempt: Generated<number>;
  worker: string | null;
  request_key: string | null;
  readonly request_digest: SetOnce<Buffer | null>;
  readonly request_id: SetOnce<string | null>;
  /** `2026-11-21`, UTC. */
  readonly budget_day: SetOnce<string>;
  readonly reserved_micros: SetOnce<number>;
  usage: JSONColumnType<object>;
  failure: JSONColumnType<object | null, string | null, string | null>;
  plan_id: string | null;
  cancel_requested: Generated<boolean>;
  readonly created_at: Generated<Date>;
  started_at: Date | null;
  ended_at: Date | null;
}

interface IntentEventsTable {
  readonly job_id: SetOnce<string>;
  readonly seq: SetOnce<number>;
  readonly attempt: SetOnce<number>;
  readonly name: SetOnce<string>;
  readonly data: SetOnce<string>;
  readonly at: Generated<Date>;
}

interface LlmBudgetsTable {
  readonly scope: SetOnce<string>;
  readonly day: SetOnce<string>;
  reserved_micros: number;
  spent_micros: number;
}
