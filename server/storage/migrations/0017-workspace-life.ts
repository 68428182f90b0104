import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Workspaces can be paused. better-auth leaves a column alone that it does not know. */
export const migration0017: Migration = {
  up: async (db) => {
    await sql`alter table workspaces add column paused_at timestamptz`.execute(db);
  },
};
