import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What the operator's critic said of which content, and of which bundle when it was published. */
export const migration0016: Migration = {
  up: async (db) => {
    await sql`
      create table critiques (
        -- of the content, the model that judged it, and what it was asked by
        digest text not null primary key,
        asked_by text not null references users (id) on delete cascade,
        claimed_at timestamptz not null default current_timestamp,
        -- null: it is asked now
        said jsonb,
        said_at timestamptz
      );
      alter table bundles add column critic jsonb;
    `.execute(db);
  },
};
