import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Storage, startStorage } from '../../../../server/storage/start-storage.ts';
import { buildProgram } from '../../../build.ts';
import { quiet, seedDataDir } from '../../database.ts';

export const isRoot = process.getuid?.() === 0;

/** A user whom every Linux has, and who is neither root nor nobody. */
export const DAEMON = 1;

/** Whether others may read this checkout: under a folder of root's alone they cannot run a program of it. */
export const othersMayRun =
  isRoot &&
  spawnSync(process.execPath, ['-e', 'fs.accessSync(process.argv[1])', import.meta.filename], {
    uid: DAEMON,
    gid: DAEMON,
  }).status === 0;

if (isRoot && !othersMayRun)
  console.warn('Skipped: programs of other users, who may not read this checkout.');

export const made: string[] = [];

export const children: ChildProcess[] = [];

export const storages: Storage[] = [];

export function dataFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'oneturn-embedded-'));
  chmodSync(dir, 0o711);
  made.push(dir);
  return dir;
}

export async function seededFolder(): Promise<string> {
  const dir = dataFolder();
  await seedDataDir(dir);
  return dir;
}

export async function start(dataDir: string): Promise<Storage> {
  const storage = await startStorage({ databaseUrl: undefined, dataDir, log: quiet });
  storages.push(storage);
  return storage;
}

/** Another process on the folder; resolves with the first line that it prints which is not a log line. */
export async function startOther(
  dataDir: string,
  uid?: number,
): Promise<{ child: ChildProcess; said: unknown }> {
  const script = await buildProgram('test/server/storage/embedded/run-storage.ts');
  const identity = uid === undefined ? {} : { uid, gid: uid };
  const child = spawn(process.execPath, [script, dataDir], {
    ...identity,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const said: unknown = JSON.parse(line);
    if (typeof said === 'object' && said !== null && ('started' in said || 'refused' in said))
      return { child, said };
  }
  throw new Error('the process ended without a word');
}

export function postmasterPid(home: string): number {
  return Number(readFileSync(join(home, 'cluster/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** Ends and removes what a test began. */
export async function endAll(): Promise<void> {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
  for (const storage of storages.splice(0)) await storage.stop();
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
}
