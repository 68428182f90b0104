import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildFor } from '../build.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    baseUrl: string;
  }
}

/** Builds what users get and serves it, on a fast sandbox, from a process of its own on a free port. */
export default async function (project: TestProject): Promise<() => Promise<void>> {
  const root = project.vitest.config.root;
  const dist = await buildFor('e2e');
  const dataDir = makeDataFolder('e2e');
  const server = spawn(process.execPath, [join(dist, 'server/main.js')], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: dataDir,
      RUNS_PER_MINUTE: '10000',
      CONCURRENT_RUNS: '100',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const baseUrl = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server exited with ${code}`)));
    server.stdout.on('data', (chunk: Buffer) => {
      const url = /http:\/\/\S+/.exec(chunk.toString())?.[0];
      // localhost is a secure context for the browser, whatever the address
      if (url) resolve(url.replace('127.0.0.1', 'localhost'));
    });
  });
  project.provide('baseUrl', baseUrl);
  return async () => {
    server.removeAllListeners('exit');
    const exited = once(server, 'exit');
    server.kill();
    await exited;
    removeDataFolder(dataDir);
  };
}
