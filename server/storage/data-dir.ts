import { chmodSync, mkdirSync, statSync } from 'node:fs';

/** What others may do with the data folder: nothing. Root hands PostgreSQL to another user, who must be able to pass through. */
const OTHERS_MAY_PASS = 0o711;

/** Makes the data folder, and closes one that stands open. Throws what the file system says. */
export function ensureDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const { mode, uid } = statSync(dataDir);
  const me = process.getuid?.();
  // A folder of another user, or one that several users share on purpose, keeps its permissions.
  if (me !== uid || (mode & 0o1000) !== 0) return;
  const closed = mode & 0o7777 & (me === 0 ? OTHERS_MAY_PASS : 0o700);
  if (closed !== (mode & 0o7777)) chmodSync(dataDir, closed);
}
