import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { SetOnce } from '../storage/database.ts';

/** Saved plans. */
declare module '../storage/database.ts' {
  interface Database {
    readonly intent_plans: IntentPlansTable;
  }
}

export interface IntentPlansTable {
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
