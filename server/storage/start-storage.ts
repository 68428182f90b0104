import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import type { Log } from '../telemetry/log.ts';
import { createPool, type PoolAddress } from './create-pool.ts';
import type { Database } from './database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { migrate, underMigrationLock } from './migrate.ts';
import { isUnavailable, StorageError, storageFields } from './storage-error.ts';

const POOL_SIZE = 10;
const MIN_SERVER_VERSION = 150_000;

/** Where the database is. `dataDir` is also the folder of the embedded one. */
export interface StorageOptions {
  /** A PostgreSQL of the operator's own; undefined: the embedded one, in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly log: Log;
  /** Processes that will use it; the embedded one has room for their connections. */
  readonly processes?: number;
  /** How long a query waits for a connection; tests on a busy machine are more patient than users. */
  readonly connectMs?: number;
}

/** The database with its schema up to date. `stop` closes the pool, and the embedded database with it. */
export interface Storage {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  /** For those who need connections of their own: LISTEN, pg-boss. */
  readonly address: PoolAddress;
  /** Undefined when the database answers now, else a sentence for `/readyz`. */
  notReady(): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Starts or reaches the database and brings its schema up to date. Throws `StorageError` with a sentence that names the repair. */
export async function startStorage(options: StorageOptions): Promise<Storage> {
  const { databaseUrl, dataDir, log } = options;
  const embedded =
    databaseUrl === undefined ? await startEmbeddedPostgres(dataDir, log, options.processes) : undefined;
  const address = embedded?.address ?? { connectionString: databaseUrl ?? '' };
  const pool = createPool(address, POOL_SIZE, log, options.connectMs);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await requireVersion(pool);
    const ran = await underMigrationLock(pool, () => migrate(db));
    if (ran.length > 0) log.info('schema brought up to date', { migrations: ran.join(' ') });
  } catch (error) {
    await close(db, embedded);
    throw startError(error, embedded !== undefined);
  }

  return storageOf({ db, pool, address, log }, () => close(db, embedded));
}

/** The database that another process of this server started and brought up to date. `stop` closes connections alone. */
export function attachStorage(address: PoolAddress, log: Log): Storage {
  const pool = createPool(address, POOL_SIZE, log);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return storageOf({ db, pool, address, log }, () => db.destroy());
}

function storageOf(
  { db, pool, address, log }: Pick<Storage, 'db' | 'pool' | 'address'> & Pick<StorageOptions, 'log'>,
  close: () => Promise<void>,
): Storage {
  let stopped: Promise<void> | undefined;
  return {
    db,
    pool,
    address,
    notReady: async () => {
      try {
        await pool.query('select 1');
        return undefined;
      } catch (error) {
        log.warn('the database does not answer', storageFields(error));
        return 'The database does not answer.';
      }
    },
    stop: () => {
      stopped ??= close();
      return stopped;
    },
  };
}

async function close(db: Kysely<Database>, embedded: EmbeddedPostgres | undefined): Promise<void> {
  await db.destroy();
  await embedded?.stop();
}

async function requireVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  if (Number(rows[0]?.version) < MIN_SERVER_VERSION)
    throw new StorageError('DATABASE_URL names a PostgreSQL older than 15. Use 15 or newer.');
}

function startError(error: unknown, embedded: boolean): unknown {
  if (error instanceof StorageError || !(error instanceof Error)) return error;
  if (embedded && isUnavailable(error))
    return new StorageError(
      'The embedded PostgreSQL ended while Oneturn started. Start again; postgres.log in the data folder says more.',
      { cause: error },
    );
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // 28: authorization; 3D: no such database. Their messages name a user or a database, never the password
  if (code !== undefined && /^(?:28|3D)/.test(code))
    return new StorageError(`The database refused DATABASE_URL: ${error.message}.`, { cause: error });
  if (isUnavailable(error))
    return new StorageError(
      'The database of DATABASE_URL cannot be reached. Check host, port and that it runs.',
      { cause: error },
    );
  return error;
}
