import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** How often a skill's archive was fetched, and the way from a skill to the bundles that reuse it. */
export const migration0009: Migration = {
  up: async (db) => {
    await sql`
      alter table skill_versions add column downloads integer not null default 0;
      create index bundle_skills_skill on bundle_skills (skill_id);
    `.execute(db);
  },
};
