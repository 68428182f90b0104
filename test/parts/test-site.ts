import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { startServer } from '../faults/processes.ts';
import { buildPrograms } from '../faults/programs.ts';
import type { Made, RunParts } from './run-parts.ts';
import { migratedDatabase } from './test-databases.ts';

/** What users get, in a process of its own. */
export async function startSite(pace: 'real' | 'fast'): Promise<Made<RunParts['site']>> {
  const dataDir = makeDataFolder('site');
  const { url: databaseUrl } = await migratedDatabase();
  const server = await startServer((await buildPrograms()).server, {
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    RUNS_PER_MINUTE: '10000',
    CONCURRENT_RUNS: '100',
    LOG_LEVEL: 'warn',
    SANDBOX_PACE: pace,
  });
  return {
    // localhost is a secure context for the browser, whatever the address
    part: { url: server.url.replace('127.0.0.1', 'localhost') },
    end: async () => {
      await server.end('SIGKILL');
      removeDataFolder(dataDir);
    },
  };
}
