import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';

/**
 * Puts the settings of a `.env` file in `folder` into the environment; what stands there already wins. Node reads some of its own
 * before that (NODE_OPTIONS, NODE_EXTRA_CA_CERTS): those belong into the real environment.
 */
export function loadEnv(folder: string = process.cwd()): void {
  const file = join(folder, '.env');
  if (!existsSync(file)) return;
  try {
    process.loadEnvFile(file);
  } catch {
    throw new ConfigError('The file .env cannot be read. Check its owner and mode, or move it away.');
  }
}
