import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar/fs';
import * as z from 'zod/mini';
import type { Log } from '../telemetry/log.ts';
import { BACKUP_NAMES, BACKUP_SCHEMA, type BackupOptions } from './backup.ts';
import { ensureDataDir } from './data-dir.ts';
import { clusterDir } from './embedded/cluster.ts';
import { postgresHome } from './embedded/postgres-home.ts';
import { startStorage } from './start-storage.ts';
import { StorageError } from './storage-error.ts';

const manifestShape = z.object({
  schema: z.literal(BACKUP_SCHEMA),
  createdAt: z.string(),
  database: z.boolean(),
});
type Manifest = z.infer<typeof manifestShape>;

/** What was restored. `heads`: false when a file of heads stood at its place already, and was left as it is. */
export interface Restored {
  readonly createdAt: string;
  readonly database: boolean;
  readonly heads: boolean;
}

/**
 * Fills an empty data folder from an archive of `makeBackup`, and starts its database once: PostgreSQL repairs what was copied while it
 * was written, and the schema is brought up to this version's. Never writes over anything.
 */
export async function restoreBackup(options: Omit<BackupOptions, 'withDatabase'>): Promise<Restored> {
  const { dataDir, headFile, file, log } = options;
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new StorageError(
      `${dataDir} is not empty. Name a new folder with DATA_DIR, or move this one away.`,
    );
  mkdirSync(dirname(resolve(dataDir)), { recursive: true });
  const unpacked = mkdtempSync(`${resolve(dataDir)}.restore-`);
  try {
    const { createdAt, database } = await unpack(file, unpacked);
    ensureDataDir(dataDir);
    for (const name of readdirSync(join(unpacked, BACKUP_NAMES.data)))
      copyFileSync(join(unpacked, BACKUP_NAMES.data, name), join(dataDir, name));
    const heads = !existsSync(headFile);
    if (heads) {
      mkdirSync(dirname(headFile), { recursive: true, mode: 0o700 });
      copyFileSync(join(unpacked, BACKUP_NAMES.heads), headFile);
    }
    if (database) await restoreCluster(join(unpacked, BACKUP_NAMES.cluster), dataDir, log);
    return { createdAt, database, heads };
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}

async function unpack(file: string, target: string): Promise<Manifest> {
  if (!existsSync(file)) throw new StorageError(`There is no file ${file}.`);
  try {
    await pipeline(createReadStream(file), createGunzip(), unpackTar(target));
    return z.parse(manifestShape, JSON.parse(readFileSync(join(target, BACKUP_NAMES.manifest), 'utf8')));
  } catch (error) {
    throw new StorageError(`${file} is no whole backup of Oneturn. Take another one.`, { cause: error });
  }
}

async function restoreCluster(source: string, dataDir: string, log: Log): Promise<void> {
  const home = postgresHome(dataDir);
  const target = clusterDir({ home: home.dir });
  cpSync(source, target, { recursive: true, preserveTimestamps: true });
  execFileSync('chmod', ['-R', 'go-rwx', target]);
  if (home.user) execFileSync('chown', ['-R', `${home.user.uid}:${home.user.gid}`, target]);
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log });
  await storage.stop();
}
