import { bugFields, type Fields } from '../telemetry/log.ts';

/** The database cannot be used. The message is a sentence for the operator that names the repair. */
export class StorageError extends Error {
  override name = 'StorageError';
}

/** Whether an error of the file system or of PostgreSQL means that the disk is full. */
export function isDiskFull(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  // 53100: PostgreSQL's disk_full
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100';
}

const UNAVAILABLE = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH'],
  // too many connections; admin shutdown, crash shutdown, starting up; disk full; out of memory
  ...['53300', '57P01', '57P02', '57P03', '53100', '53200'],
]);

/** Whether the database is away or cannot write now, so that trying again later makes sense. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof StorageError || isDiskFull(error)) return true;
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // class 08: connection exceptions. `pg` has no codes for its own: these are its sentences
  return (
    UNAVAILABLE.has(code) ||
    code.startsWith('08') ||
    /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered)/.test(
      error.message,
    )
  );
}

/** What a log may say: our own sentences and PostgreSQL's codes, never a statement or a value. */
export function storageFields(error: unknown): Fields {
  if (error instanceof StorageError) return { reason: error.message };
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  return { ...bugFields(error), code };
}
