import { type Kysely, sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import type pg from 'pg';
import { migration0001 } from './migrations/0001-accounts.ts';
import { migration0002 } from './migrations/0002-tokens.ts';
import { migration0003 } from './migrations/0003-audit.ts';
import { migration0004 } from './migrations/0004-plans.ts';
import { migration0005 } from './migrations/0005-hosted.ts';
import { migration0006 } from './migrations/0006-registry.ts';
import { migration0007 } from './migrations/0007-publish-drafts.ts';
import { migration0008 } from './migrations/0008-search.ts';
import { migration0009 } from './migrations/0009-downloads.ts';
import { migration0010 } from './migrations/0010-shelves.ts';
import { migration0011 } from './migrations/0011-curation.ts';
import { migration0012 } from './migrations/0012-try-links.ts';
import { migration0013 } from './migrations/0013-vault.ts';
import { migration0014 } from './migrations/0014-vault-calls.ts';
import { migration0015 } from './migrations/0015-vault-facts.ts';
import { migration0016 } from './migrations/0016-critiques.ts';
import { migration0017 } from './migrations/0017-workspace-life.ts';
import { migration0018 } from './migrations/0018-key-policies.ts';
import { migration0019 } from './migrations/0019-key-leaks.ts';
import { StorageError } from './storage-error.ts';

/** Forwards only, in this order for ever; a change to the schema is a new entry. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-accounts': migration0001,
  '0002-tokens': migration0002,
  '0003-audit': migration0003,
  '0004-plans': migration0004,
  '0005-hosted': migration0005,
  '0006-registry': migration0006,
  '0007-publish-drafts': migration0007,
  '0008-search': migration0008,
  '0009-downloads': migration0009,
  '0010-shelves': migration0010,
  '0011-curation': migration0011,
  '0012-try-links': migration0012,
  '0013-vault': migration0013,
  '0014-vault-calls': migration0014,
  '0015-vault-facts': migration0015,
  '0016-critiques': migration0016,
  '0017-workspace-life': migration0017,
  '0018-key-policies': migration0018,
  '0019-key-leaks': migration0019,
};

/** Any constant; it names our lock among all users of the database server's advisory locks. */
const MIGRATION_LOCK = 7_310_401;

/**
 * Runs `work` on one connection that holds the lock, so that processes which start together take turns. The lock ends with the
 * connection, however that ends.
 */
export async function underMigrationLock<T>(pool: pg.Pool, work: () => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    // the other process may need longer than our statements may take
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work();
  } finally {
    client.release(true);
  }
}

/** Brings the schema up to this build. A failed migration is rolled back whole. Returns the names of those that ran. */
export async function migrate<T>(db: Kysely<T>): Promise<readonly string[]> {
  const provider: MigrationProvider = { getMigrations: async () => ({ ...MIGRATIONS }) };
  await refuseNewer(db);
  const migrator = new Migrator({
    db,
    provider,
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new StorageError(
      `The migration ${failed} failed and was undone: ${error instanceof Error ? error.message : 'unknown error'}.`,
      {
        cause: error,
      },
    );
  }
  return results?.map((result) => result.migrationName) ?? [];
}

async function refuseNewer<T>(db: Kysely<T>): Promise<void> {
  const { rows: tables } = await sql<{
    name: string | null;
  }>`select to_regclass('migrations')::text as name`.execute(db);
  if (tables[0]?.name === null) return;
  const { rows } = await sql<{ name: string }>`select name from migrations`.execute(db);
  const unknown = rows.find((row) => !Object.hasOwn(MIGRATIONS, row.name));
  if (unknown === undefined) return;
  throw new StorageError(
    `The database was made by a newer Oneturn: it has the migration ${unknown.name}. Start that version, or restore an older backup.`,
  );
}
