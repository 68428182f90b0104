import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What bundles are for, by which readers narrow the list. */
export const migration0010: Migration = {
  up: async (db) => {
    await sql`alter table bundles add column categories text[] not null default '{}'`.execute(db);
  },
};
