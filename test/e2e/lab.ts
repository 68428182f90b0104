import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { startServer } from '../faults/processes.ts';
import { buildPrograms } from '../faults/programs.ts';
import { isShared } from '../parts/run-parts.ts';
import { migratedDatabase } from '../parts/test-databases.ts';
import { createTestSandbox, type TestSandbox } from '../sandbox/create-test-sandbox.ts';

/** The built server, in a process of its own, with one more provider: "Lab", a sandbox in the test's hands that takes a key. */
export interface Lab {
  readonly url: string;
  readonly sandbox: TestSandbox;
  /** Kills the server without a word, as a crash does. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

export async function openLab(settings: Readonly<Record<string, string>> = {}): Promise<Lab> {
  // Slow enough to watch a run, fast enough for a test.
  const sandbox = await createTestSandbox({
    pace: { firstMs: 20, eventMs: 4, charsPerEvent: 24 },
    journal: true,
  });
  const dataDir = makeDataFolder('lab');
  const endpoint = {
    id: 'lab',
    name: 'Lab',
    format: 'anthropic',
    baseUrl: sandbox.origin,
    models: ['lab-1'],
  };
  // outside a run of tests the server has an embedded one
  const database = isShared() ? await migratedDatabase() : undefined;
  const server = await startServer((await buildPrograms()).server, {
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    ...(database && { DATABASE_URL: database.url }),
    RUNS_PER_MINUTE: '10000',
    CONCURRENT_RUNS: '100',
    LOG_LEVEL: 'silent',
    SANDBOX_PACE: 'instant',
    PROVIDER_ENDPOINTS: JSON.stringify([endpoint]),
    ...settings,
  });
  return {
    // localhost is a secure context for the browser, whatever the address
    url: server.url.replace('127.0.0.1', 'localhost'),
    sandbox,
    crash: () => server.end('SIGKILL'),
    async close() {
      await server.end('SIGKILL');
      await sandbox.close();
      await database?.drop();
      removeDataFolder(dataDir);
    },
  };
}
