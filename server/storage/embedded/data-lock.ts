import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { ensureDataDir } from '../data-dir.ts';
import { StorageError } from '../storage-error.ts';

/**
 * One Oneturn per data folder. A pid alone does not name a process, since pids come round again: the lock also holds when its
 * process began. Where the holder's pid cannot be looked up (another container or machine on a shared volume) the lock
 * counts as held while it is being touched.
 */

const TOUCH_MS = 10_000;
const GONE_AFTER_MS = 30_000;

const holderShape = z.object({ pid: z.number(), began: z.string(), host: z.string() });
type Holder = z.infer<typeof holderShape>;

export interface DataLock {
  release(): void;
}

export function lockDataDir(dataDir: string): DataLock {
  ensureDataDir(dataDir);
  const file = join(dataDir, 'oneturn.lock');
  const mine = JSON.stringify({
    pid: process.pid,
    began: beganAt(process.pid) ?? '',
    host: hostname(),
  } satisfies Holder);

  // twice: the first try may only clear a dead holder's lock away
  if (!create(file, mine)) {
    const found = read(file);
    if (found !== undefined && isHeld(file, found)) throw new StorageError(refusal(dataDir, found));
    clear(file, found);
    if (!create(file, mine)) throw new StorageError(refusal(dataDir, read(file)));
  }

  const timer = setInterval(() => touch(file), TOUCH_MS);
  timer.unref();
  return {
    release: () => {
      clearInterval(timer);
      if (readText(file) === mine) rmSync(file, { force: true });
    },
  };
}

/** Written whole under another name and linked, so that no reader ever sees half a lock. */
function create(file: string, text: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Two starts may find the same dead lock; who renames away the other's new one puts it back. */
function clear(file: string, dead: Holder | undefined): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const taken = read(aside);
  if (taken !== undefined && JSON.stringify(taken) !== JSON.stringify(dead)) renameSync(aside, file);
  else rmSync(aside, { force: true });
}

function isHeld(file: string, holder: Holder): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < GONE_AFTER_MS;
  return isAlive(holder.pid) && beganAt(holder.pid) === holder.began;
}

function refusal(dataDir: string, holder: Holder | undefined): string {
  const who =
    holder === undefined ? 'Another Oneturn' : `Another Oneturn (process ${holder.pid} on ${holder.host})`;
  return `${who} uses the data folder ${dataDir}. Stop it first, or give this one its own folder with DATA_DIR. Several processes may share one database given by DATABASE_URL.`;
}

function read(file: string): Holder | undefined {
  try {
    const parsed = z.safeParse(holderShape, JSON.parse(readText(file) ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // the folder may be gone or read-only; the next start then decides by pid
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  // as process 1 of a container we are the parent of every orphan, and nobody collects their dead
  return process.platform !== 'linux' || statOf(pid)?.[0] !== 'Z';
}

/** When a process began, in whatever words the system has; undefined when it cannot be told. */
function beganAt(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return statOf(pid)?.[19];
    if (process.platform === 'win32') return '';
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Fields 3 and on of /proc/<pid>/stat (proc(5)); the name before them may hold blanks and brackets. */
function statOf(pid: number): string[] | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}
