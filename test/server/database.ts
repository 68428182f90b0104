import { tmpdir } from 'node:os';
import { afterAll } from 'vitest';
import { type Storage, startStorage } from '../../server/storage/start-storage.ts';
import { createLog, type Log } from '../../server/telemetry/log.ts';
import { partOf } from '../parts/run-parts.ts';
import { copyCluster } from '../parts/test-cluster.ts';
import { migratedDatabase, withDatabase } from '../parts/test-databases.ts';

/** Storages for test files, on databases copied from the run's migrated template. */

export const quiet: Log = createLog('silent');

/** The file's own, gone after its last test. */
export async function testStorage(): Promise<Storage> {
  const storage = await freshStorage();
  afterAll(() => storage.stop());
  return storage;
}

/** A further one, whose database goes when it is stopped. */
export async function freshStorage(): Promise<Storage> {
  const { url, drop } = await migratedDatabase();
  const storage = await startStorage({
    databaseUrl: url,
    dataDir: tmpdir(),
    log: quiet,
    connectMs: 240_000,
  });
  return { ...storage, stop: () => storage.stop().then(drop) };
}

/** Puts a migrated cluster into an empty data folder, which spares the first start's second. */
export async function seedDataDir(dataDir: string): Promise<void> {
  copyCluster(await partOf('cluster'), dataDir);
}

/** The URL that `storage` was reached by, for processes that share it. */
export function urlTo({ address }: Storage): string {
  if (!('connectionString' in address)) throw new Error('an embedded cluster is no database of the run');
  return address.connectionString;
}

/** A URL for another database on the server of `storage`. */
export function urlOf(storage: Storage, name: string): string {
  return withDatabase(urlTo(storage), name);
}
