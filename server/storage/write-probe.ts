import { constants } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

export const PROBE_FILE = '.ready-probe';
/** More than a file system keeps in a file's own record. */
const PROBE_BYTES = 64 * 1024;
/** Anyone may ask whether this server is ready, and each probe waits for the disk. */
const KEPT_MS = 2_000;

/**
 * Whether the data folder's disk takes writes: undefined when it does, else a sentence for `/readyz`. A database answers reads for as
 * long as it likes on a full disk, and fails the first one who saves something.
 */
export function createWriteProbe(dataDir: string, now: () => number): () => Promise<string | undefined> {
  let asked: { readonly at: number; readonly answer: Promise<string | undefined> } | undefined;
  return () => {
    if (asked === undefined || now() - asked.at >= KEPT_MS) asked = { at: now(), answer: probe(dataDir) };
    return asked.answer;
  };
}

async function probe(dataDir: string): Promise<string | undefined> {
  const path = join(dataDir, PROBE_FILE);
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600);
    try {
      await file.writeFile(Buffer.alloc(PROBE_BYTES, 1));
      await file.datasync();
    } finally {
      await file.close();
    }
    // another process with this folder may have taken it away
    await rm(path, { force: true });
    return undefined;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOSPC' || code === 'EDQUOT'
      ? 'The disk of DATA_DIR is full.'
      : 'The folder of DATA_DIR cannot be written to.';
  }
}
