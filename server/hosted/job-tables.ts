import type { Generated, JSONColumnType } from 'kysely';
import type { SetOnce } from '../storage/database.ts';

/** Hosted runs: jobs, their events, and what a day may cost. */
declare module '../storage/database.ts' {
  interface Database {
    readonly intent_jobs: IntentJobsTable;
    readonly intent_events: IntentEventsTable;
    readonly llm_budgets: LlmBudgetsTable;
  }
}

export interface IntentJobsTable {
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

export interface IntentEventsTable {
  readonly job_id: SetOnce<string>;
  readonly seq: SetOnce<number>;
  readonly attempt: SetOnce<number>;
  readonly name: SetOnce<string>;
  readonly data: SetOnce<string>;
  readonly at: Generated<Date>;
}

export interface LlmBudgetsTable {
  readonly scope: SetOnce<string>;
  readonly day: SetOnce<string>;
  reserved_micros: number;
  spent_micros: number;
}
