import { Kysely, PostgresDialect } from 'kysely';
import type { Log } from '../telemetry/log.ts';
import { createPool, type PoolAddress } from './create-pool.ts';
import type { Database } from './database.ts';
import { runningCluster, SUPERUSER } from './embedded/cluster.ts';
import { rememberedHome } from './embedded/postgres-home.ts';
import { type StorageOptions, startStorage } from './start-storage.ts';

/** For commands beside a running server: its database where it runs, else one that is started for the command's time. */
export async function reachStorage(
  options: StorageOptions,
): Promise<{ readonly db: Kysely<Database>; stop(): Promise<void> }> {
  const address =
    options.databaseUrl === undefined
      ? runningAddress(options.dataDir)
      : { connectionString: options.databaseUrl };
  return address === undefined ? startStorage(options) : connect(address, options.log);
}

function runningAddress(dataDir: string): PoolAddress | undefined {
  const home = rememberedHome(dataDir);
  const running = home === undefined ? undefined : runningCluster({ home });
  return running && { host: running.socketDir, database: 'postgres', user: SUPERUSER };
}

function connect(address: PoolAddress, log: Log): { readonly db: Kysely<Database>; stop(): Promise<void> } {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: createPool(address, 2, log) }) });
  return { db, stop: () => db.destroy() };
}
