import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A data folder for a server in a process of its own, open to the user whom the embedded PostgreSQL runs as when this is root. */
export function makeDataFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `oneturn-${name}-`));
  chmodSync(folder, 0o711);
  return folder;
}

/** Removes it, and first the database in it that a killed server left running. */
export function removeDataFolder(folder: string): void {
  const home = read(join(folder, 'postgres-home'))?.trim();
  const pid =
    home === undefined ? undefined : Number.parseInt(read(join(home, 'cluster/postmaster.pid')) ?? '', 10);
  try {
    // SIGQUIT is PostgreSQL's immediate shutdown
    if (pid) process.kill(pid, 'SIGQUIT');
  } catch {
    // it has ended by itself
  }
  for (const one of [home, folder])
    if (one !== undefined) rmSync(one, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
