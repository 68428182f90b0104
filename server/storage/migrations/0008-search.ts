import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Words by their stems, by their beginnings, and as three letters at a time, so that a slip of the finger finds what was meant. */
export const migration0008: Migration = {
  up: async (db) => {
    await sql`
      create extension if not exists pg_trgm;
      alter table bundles add column document tsvector not null generated always as (
        setweight(to_tsvector('english', replace(name, '-', ' ')), 'A')
          || setweight(to_tsvector('simple', replace(name, '-', ' ')), 'A')
          || setweight(to_tsvector('english', replace(search, '-', ' ')), 'B')
          || setweight(to_tsvector('simple', replace(search, '-', ' ')), 'B')
      ) stored;
      create index bundles_document on bundles using gin (document);
      create index bundles_search on bundles using gin (search gin_trgm_ops);
    `.execute(db);
  },
};
