import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { packTar } from 'modern-tar/fs';
import type { Log } from '../telemetry/log.ts';
import { clusterDir, runningCluster, SUPERUSER } from './embedded/cluster.ts';
import { copyCluster } from './embedded/copy-cluster.ts';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { rememberedHome } from './embedded/postgres-home.ts';
import { StorageError } from './storage-error.ts';

/** What a backup is made of, and where it goes. */
export interface BackupOptions {
  readonly dataDir: string;
  /** The audit log's heads, wherever they are. */
  readonly headFile: string;
  /** The archive, a `.tar.gz`; it must not exist yet. */
  readonly file: string;
  /** False: the database is elsewhere, and is backed up by its own means. */
  readonly withDatabase: boolean;
  readonly log: Log;
}

/** What the archive's manifest calls itself; another number where its layout changes. */
export const BACKUP_SCHEMA = 'oneturn/backup/1';
/** How the parts of an archive are named in it. */
export const BACKUP_NAMES = {
  manifest: 'backup.json',
  data: 'data',
  heads: 'audit-heads.log',
  cluster: 'cluster',
};

/** Those of this process, and what names a place of this machine. */
const NOT_DATA = /^(?:oneturn\.lock.*|postgres-home)$/;

/**
 * The data folder's signing keys and secrets, the audit log's heads and the embedded database in one archive, also while the server
 * runs. The heads are copied first: later ones would name entries that the copied database does not have.
 */
export async function makeBackup({
  dataDir,
  headFile,
  file,
  withDatabase,
  log,
}: BackupOptions): Promise<void> {
  if (!existsSync(dataDir)) throw new StorageError(`There is no folder ${dataDir}. Say where with DATA_DIR.`);
  const output = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await opened(output, file);
  const staged = mkdtempSync(join(dirname(resolve(file)), '.oneturn-backup-'));
  try {
    const manifest = { schema: BACKUP_SCHEMA, createdAt: new Date().toISOString(), database: withDatabase };
    writeFileSync(join(staged, BACKUP_NAMES.manifest), JSON.stringify(manifest));
    writeFileSync(join(staged, BACKUP_NAMES.heads), wholeLines(headFile), { mode: 0o600 });
    copyFiles(dataDir, join(staged, BACKUP_NAMES.data), resolve(headFile));
    if (withDatabase) await copyDatabase(dataDir, join(staged, BACKUP_NAMES.cluster), log);
    await pipeline(packTar(staged), createGzip(), output);
  } catch (error) {
    output.destroy();
    rmSync(file, { force: true });
    throw error;
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

function opened(output: ReturnType<typeof createWriteStream>, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.once('open', () => resolve());
    output.once('error', (error) => {
      const exists = 'code' in error && error.code === 'EEXIST';
      reject(exists ? new StorageError(`There is a ${file} already. Name another file.`) : error);
    });
  });
}

/** A line that is being written is left out. A log that is not there has no line; one that cannot be read is no log without lines. */
function wholeLines(file: string): string {
  if (!existsSync(file)) return '';
  const text = readFileSync(file, 'utf8');
  return text.slice(0, text.lastIndexOf('\n') + 1);
}

/** The folder's own files: signing keys and secrets. Its folders belong to the database. */
function copyFiles(dataDir: string, target: string, headFile: string): void {
  mkdirSync(target, { mode: 0o700 });
  for (const entry of readdirSync(dataDir, { withFileTypes: true })) {
    const source = join(dataDir, entry.name);
    if (!entry.isFile() || NOT_DATA.test(entry.name) || resolve(source) === headFile) continue;
    writeFileSync(join(target, entry.name), readFileSync(source), { mode: 0o600 });
  }
}

async function copyDatabase(dataDir: string, target: string, log: Log): Promise<void> {
  const home = rememberedHome(dataDir);
  if (home === undefined)
    throw new StorageError(`There is no database in ${dataDir}. Say where with DATA_DIR.`);
  const running = runningCluster({ home });
  if (running !== undefined) {
    const address = { host: running.socketDir, database: 'postgres', user: SUPERUSER };
    return copyCluster(address, clusterDir({ home }), target);
  }
  // without its migrations: a backup before an upgrade is of what is there
  const embedded = await startEmbeddedPostgres(dataDir, log);
  await copyCluster(embedded.address, clusterDir({ home }), target).finally(() => embedded.stop());
}
