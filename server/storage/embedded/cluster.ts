import { execFile, execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Log } from '../../telemetry/log.ts';
import { isDiskFull, StorageError, storageFields } from '../storage-error.ts';
import { clusterSettings } from './cluster-settings.ts';
import { isAlive } from './data-lock.ts';
import type { PostgresUser } from './postgres-home.ts';

const run = promisify(execFile);

export const SUPERUSER = 'oneturn';
const START_SECONDS = 60;
const STOP_SECONDS = 30;
/** A cluster takes 40 MB, its write-ahead log up to 256 MB more. */
const MIN_FREE_BYTES = 100_000_000;
const MAX_LOG_BYTES = 5_000_000;

/** One cluster: its folders, its programs and who runs it. No state of its own. */
export interface Cluster {
  readonly home: string;
  readonly programs: string;
  readonly user: PostgresUser | undefined;
  /** Processes of Oneturn that will connect; absent: one. */
  readonly processes?: number;
}

export function clusterDir(cluster: Pick<Cluster, 'home'>): string {
  return join(cluster.home, 'cluster');
}

/** Makes the cluster when there is none. A run that was interrupted leaves a draft folder, which the next one removes. */
export async function ensureCluster(cluster: Cluster): Promise<'made' | 'found'> {
  if (existsSync(join(clusterDir(cluster), 'PG_VERSION'))) return 'found';
  const draft = join(cluster.home, 'cluster-draft');
  rmSync(draft, { recursive: true, force: true });
  requireSpace(cluster.home);
  await postgres(cluster, 'initdb', [
    ...['-D', draft, '-U', SUPERUSER, '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'],
    // whoever may enter the socket's folder is its owner already
    ...['--auth=trust', '--no-instructions'],
  ]);
  renameSync(draft, clusterDir(cluster));
  return 'made';
}

export async function startCluster(cluster: Cluster, socketDir: string): Promise<void> {
  const dir = clusterDir(cluster);
  const log = join(cluster.home, 'postgres.log');
  writeOwned(cluster, join(dir, 'postgresql.conf'), clusterSettings(socketDir, cluster.processes));
  if (cluster.user !== undefined) chownSync(socketDir, cluster.user.uid, cluster.user.gid);
  keepLogSmall(log);
  dropStaleLocks(cluster, socketDir);
  try {
    await postgres(cluster, 'pg_ctl', [
      'start',
      '-w',
      '-s',
      '-t',
      String(START_SECONDS),
      '-D',
      dir,
      '-l',
      log,
    ]);
  } catch (error) {
    throw startError(cluster, log, error);
  }
}

/** Stops it in whatever way it takes: one that outlived Oneturn would hold the data folder. Nothing committed is lost by any. */
export async function endCluster(cluster: Cluster, log: Log, seconds: number = STOP_SECONDS): Promise<void> {
  for (const mode of ['fast', 'immediate'] as const) {
    try {
      return await stopCluster(cluster, mode, seconds);
    } catch (error) {
      log.warn('postgres does not stop', { mode, ...storageFields(error) });
    }
  }
  const running = runningCluster(cluster);
  if (running !== undefined) process.kill(running.pid, 'SIGKILL');
}

export async function stopCluster(
  cluster: Cluster,
  mode: 'fast' | 'immediate' = 'fast',
  seconds: number = STOP_SECONDS,
): Promise<void> {
  if (runningCluster(cluster) === undefined) return;
  await postgres(cluster, 'pg_ctl', [
    'stop',
    '-w',
    '-s',
    '-t',
    String(seconds),
    '-m',
    mode,
    '-D',
    clusterDir(cluster),
  ]);
}

export interface RunningCluster {
  readonly pid: number;
  readonly socketDir: string;
  /** It takes connections. */
  readonly ready: boolean;
}

/** What postmaster.pid says, when its process is alive and serves this cluster. The file's lines: PostgreSQL's miscadmin.h. */
export function runningCluster(cluster: Pick<Cluster, 'home'>): RunningCluster | undefined {
  const lines = readOwn(cluster, 'postmaster.pid').split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !servesCluster(cluster, pid)) return undefined;
  return { pid, socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
}

/** Whether what runs was started from our programs, not from those of an older version that an update has removed since. */
export function runsOurPrograms(cluster: Cluster): boolean {
  return readOwn(cluster, 'postmaster.opts').startsWith(realpathSync(cluster.programs));
}

/**
 * PostgreSQL refuses to start while the pid in its lock files exists: for ever when the pid came round again after a reboot, or when
 * its dead process is never collected (we are process 1 of a container). A killed one's children hold the shared memory, so
 * the files may only go when no process works in the cluster any more.
 */
function dropStaleLocks(cluster: Pick<Cluster, 'home'>, socketDir: string): void {
  const pid = Number(readOwn(cluster, 'postmaster.pid').split('\n')[0]);
  if (servesCluster(cluster, pid) || hasProcesses(cluster)) return;
  rmSync(join(clusterDir(cluster), 'postmaster.pid'), { force: true });
  rmSync(join(socketDir, '.s.PGSQL.5432.lock'), { force: true });
}

function hasProcesses(cluster: Pick<Cluster, 'home'>): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && servesCluster(cluster, Number(name)));
}

function readOwn(cluster: Pick<Cluster, 'home'>, name: string): string {
  try {
    return readFileSync(join(clusterDir(cluster), name), 'utf8');
  } catch {
    return '';
  }
}

/** PostgreSQL's processes work in their data folder; a dead one has no folder any more. */
function servesCluster(cluster: Pick<Cluster, 'home'>, pid: number): boolean {
  try {
    if (process.platform === 'linux')
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir(cluster));
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(
      clusterDir(cluster),
    );
  } catch {
    return false;
  }
}

/** Runs one of PostgreSQL's programs with none of our environment: it may hold an operator's keys. */
async function postgres(
  cluster: Cluster,
  program: 'initdb' | 'pg_ctl',
  args: readonly string[],
): Promise<void> {
  const file = join(cluster.programs, 'bin', program);
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
  try {
    await run(file, args, { cwd: cluster.home, env, ...cluster.user, timeout: (START_SECONDS + 30) * 1000 });
  } catch (error) {
    if (isDiskFull(error) || says(error, 'No space left on device')) throw diskFull(cluster.home);
    if (says(error, 'could not look up effective user ID')) {
      throw new StorageError(
        'The user who runs Oneturn has no entry in /etc/passwd, which PostgreSQL demands. Add one, or set DATABASE_URL.',
      );
    }
    const detail = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new StorageError(`PostgreSQL's ${program} failed in ${cluster.home}: ${detail.slice(0, 500)}`, {
      cause: error,
    });
  }
}

function startError(cluster: Cluster, log: string, error: unknown): unknown {
  const tail = tailOf(log);
  if (tail.includes('No space left on device')) return diskFull(cluster.home);
  if (error instanceof StorageError)
    return new StorageError(
      `${error.message}. The end of ${log}: ${tail.trim().split('\n').slice(-5).join(' | ')}`,
    );
  return error;
}

function requireSpace(dir: string): void {
  const { bavail, bsize } = statfsSync(dir);
  if (bavail * bsize < MIN_FREE_BYTES) throw diskFull(dir);
}

export function diskFull(dir: string): StorageError {
  return new StorageError(
    `The disk that holds ${dir} is full. Free at least 100 MB and start again; nothing that was saved is lost.`,
  );
}

function says(error: unknown, words: string): boolean {
  return error instanceof Error && 'stderr' in error && String(error.stderr).includes(words);
}

function tailOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-4000);
  } catch {
    return '';
  }
}

function keepLogSmall(log: string): void {
  if (existsSync(log) && statSync(log).size > MAX_LOG_BYTES) truncateSync(log);
}

function writeOwned(cluster: Cluster, file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600 });
  if (cluster.user !== undefined) chownSync(file, cluster.user.uid, cluster.user.gid);
}
