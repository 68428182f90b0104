import { join } from 'node:path';
import { buildProduct } from '../build.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { type RunningServer, startServer } from '../faults/processes.ts';

const READY_MS = 60_000;

/** A data folder and the built server on it, which may be started there again and again. */
export interface Installation {
  readonly dataDir: string;
  /** The server, once `/readyz` says so, and how long after its spawn that was. */
  start(): Promise<{ readonly server: RunningServer; readonly readyMs: number }>;
  /** Everything of it goes: folders, and PostgreSQL where it still runs. */
  remove(): void;
}

export async function buildServer(): Promise<string> {
  return join(await buildProduct(), 'server/main.js');
}

export function createInstallation(script: string, env: Readonly<Record<string, string>> = {}): Installation {
  const dataDir = makeDataFolder('bench');
  const remove = (): void => {
    process.off('exit', remove);
    removeDataFolder(dataDir);
  };
  // also when the bench is interrupted: a killed server leaves its PostgreSQL running
  process.on('exit', remove);
  return {
    dataDir,
    remove,
    start: async () => {
      const from = performance.now();
      const server = await startServer(script, {
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        DATA_DIR: dataDir,
        ...env,
      });
      await ready(server.url, from + READY_MS);
      return { server, readyMs: performance.now() - from };
    },
  };
}

async function ready(url: string, until: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/readyz`);
    await answer.arrayBuffer();
    if (answer.ok) return;
    if (performance.now() > until)
      throw new Error(`the server is not ready a minute after its start (${answer.status})`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
