import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What a stored key's row says beside its ciphertext is signed, too; see server/vault/format/key-facts.ts. */
export const migration0015: Migration = {
  up: async (db) => {
    // keys of before have none and open no more: nothing says that their age is the one they had
    await sql`alter table vault_keys add column facts_mac bytea`.execute(db);
  },
};
