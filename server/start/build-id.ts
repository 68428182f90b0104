import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

declare const __VERSION__: string | undefined;

/** The version and the first 12 hex digits of the SHA-256 over the built server's files, so that a receipt names the code that ran. */
export function buildId(folder: string): string {
  const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0';
  const hash = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.js')) hash.update(`${name}\n`).update(readFileSync(join(folder, name)));
  }
  return `${version}+${hash.digest('hex').slice(0, 12)}`;
}
