import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDataDir } from '../storage/data-dir.ts';

export const MIN_SECRET_CHARS = 32;

/**
 * What signs session cookies. Made once into the data folder when none is configured, which is right for one process; several behind
 * a balancer must be given the same one.
 */
export function authSecret(configured: string | undefined, dataDir: string): string {
  if (configured !== undefined) return configured;
  const file = join(dataDir, 'auth-secret');
  return readSecret(file) ?? makeSecret(dataDir, file);
}

function readSecret(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8').trim();
    return text.length >= MIN_SECRET_CHARS ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Linked into place whole; when two processes make one at once, both use the first. */
function makeSecret(dataDir: string, file: string): string {
  ensureDataDir(dataDir);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!taken) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const secret = readSecret(file);
  if (secret === undefined)
    throw new Error(`${file} is damaged. Delete it to make a new one; everyone then signs in again.`);
  return secret;
}
