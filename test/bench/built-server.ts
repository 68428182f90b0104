import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What `npm start` serves, on the source as the provider "Lab". */
export async function startBuilt(folder: string, source: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-bench-'));
  const endpoint = { id: 'lab', name: 'Lab', format: 'anthropic', baseUrl: source, models: ['lab-1'] };
  const server = spawn(process.execPath, [join(folder, 'server/main.js')], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      PROVIDER_ENDPOINTS: JSON.stringify([endpoint]),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => server.kill('SIGKILL'));
  const url = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server exited with ${code}`)));
    server.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/\S+/.exec(chunk.toString())?.[0];
      // localhost is a secure context for the browser, whatever the address
      if (found) resolve(found.replace('127.0.0.1', 'localhost'));
    });
  });
  return {
    url,
    async stop() {
      const exited = once(server, 'exit');
      server.kill('SIGKILL');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
