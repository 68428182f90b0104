import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from '../config/config.ts';

/** Printable ASCII, as it may stand in a header (RFC 9110, 5.5). */
const KEY = /^[\x21-\x7e]{8,4096}$/;

/**
 * The operator's own provider key, for hosted runs only. From a file that nobody else may read, or from the environment; no message
 * quotes it, nor the file's content.
 */
export function readOperatorKey(file: string | undefined, value: string | undefined): string | undefined {
  if (file !== undefined && value !== undefined)
    throw new ConfigError('HOSTED_KEY and HOSTED_KEY_FILE are both set. Keep the file.');
  const key = file === undefined ? value : readKeyFile(file);
  if (key !== undefined && !KEY.test(key)) {
    throw new ConfigError(
      `${file === undefined ? 'HOSTED_KEY' : 'The file of HOSTED_KEY_FILE'} does not hold a provider key: one line of printable characters.`,
    );
  }
  return key;
}

function readKeyFile(file: string): string {
  let mode: number;
  let text: string;
  try {
    mode = statSync(file).mode;
    text = readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError('The file of HOSTED_KEY_FILE cannot be read. Check its path and owner.');
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new ConfigError('The file of HOSTED_KEY_FILE can be read by others. Close it with: chmod 600');
  }
  return text.trim();
}
