import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { createTestSandbox, type TestSandbox } from '../sandbox/create-test-sandbox.ts';

/** The built server, in a process of its own, with one more provider: "Lab", a sandbox in the test's hands that takes a key. */
export interface Lab {
  readonly url: string;
  readonly sandbox: TestSandbox;
  /** Kills the server without a word, as a crash does. */
  crash(): Promise<void>;
  close(): Promise<void>;
}

const main = fileURLToPath(new URL('../../node_modules/.cache/oneturn/e2e/server/main.js', import.meta.url));

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
  const server = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: dataDir,
      RUNS_PER_MINUTE: '10000',
      CONCURRENT_RUNS: '100',
      LOG_LEVEL: 'silent',
      SANDBOX_PACE: 'instant',
      PROVIDER_ENDPOINTS: JSON.stringify([endpoint]),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressOf(server);
  const crash = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  };
  return {
    url,
    sandbox,
    crash,
    async close() {
      await crash();
      await sandbox.close();
      removeDataFolder(dataDir);
    },
  };
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server exited with ${code}`)));
    server.stdout?.on('data', (chunk: Buffer) => {
      const url = /http:\/\/\S+/.exec(chunk.toString())?.[0];
      // localhost is a secure context for the browser, whatever the address
      if (url) resolve(url.replace('127.0.0.1', 'localhost'));
    });
  });
}
