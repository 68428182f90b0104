import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import pg from 'pg';
import { StorageError } from '../storage-error.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';

/**
 * Copies a cluster while it runs, as PostgreSQL's manual has it under "Making a Base Backup Using the Low Level API": between start and
 * stop files may be copied torn, and the write-ahead log that comes along repairs them at the copy's first start.
 */

/** What belongs to the running process, or is emptied at a start: the folders have to be there. */
const LEFT_OUT =
  /^(?:postmaster\.(?:pid|opts)|backup_label|tablespace_map|(?:pg_dynshmem|pg_notify|pg_replslot|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans|pg_wal)\/.+|(?:.*\/)?(?:pg_internal\.init.*|pgsql_tmp.*))$/;
const CONTROL = 'global/pg_control';

/** `target` must not exist yet. Throws `StorageError` when the log that the copy needs was recycled meanwhile. */
export async function copyCluster(
  address: EmbeddedPostgres['address'],
  source: string,
  target: string,
): Promise<void> {
  // start and stop belong to one session
  const client = new pg.Client({ ...address, application_name: 'oneturn backup' });
  await client.connect();
  try {
    await requireLog(client);
    await client.query("select pg_backup_start('oneturn', fast => true)");
    await mkdir(target, { mode: 0o700 });
    await copy(source, target, (name) => name !== CONTROL && !LEFT_OUT.test(name));
    await cp(join(source, CONTROL), join(target, CONTROL), { preserveTimestamps: true });
    const { rows } = await client.query<{ labelfile: string }>(
      'select labelfile from pg_backup_stop(wait_for_archive => false)',
    );
    const label = rows[0]?.labelfile ?? '';
    writeFileSync(join(target, 'backup_label'), label, { mode: 0o600 });
    await copy(join(source, 'pg_wal'), join(target, 'pg_wal'), () => true);
    requireSegment(target, label);
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end();
  }
}

/** Files that vanish while they are copied were dropped by the database: the log says so too. */
async function copy(source: string, target: string, wanted: (name: string) => boolean): Promise<void> {
  await mkdir(target, { recursive: true, mode: 0o700 });
  const walk = async (folder: string): Promise<void> => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const from = join(folder, entry.name);
      const name = relative(source, from);
      if (!wanted(name)) continue;
      const to = join(target, name);
      if (entry.isDirectory()) {
        await mkdir(to, { recursive: true, mode: 0o700 });
        await walk(from);
      } else await cp(from, to, { preserveTimestamps: true }).catch(unlessGone);
    }
  };
  await walk(source);
}

function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}

/** A cluster that an older Oneturn started, and that was adopted since, writes too little into its log. */
async function requireLog(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ level: string }>("select current_setting('wal_level') as level");
  if (rows[0]?.level === 'minimal')
    throw new StorageError(
      'The database was started by an older Oneturn and cannot be copied while it runs. Start Oneturn anew first.',
    );
}

function requireSegment(target: string, label: string): void {
  const segment = /^START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/m.exec(label)?.[1];
  if (segment === undefined || !existsSync(join(target, 'pg_wal', segment)))
    throw new StorageError('So much was written during the backup that its log is gone. Make it again.');
}
