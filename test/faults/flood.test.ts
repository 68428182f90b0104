import { expect, onTestFinished, test } from 'vitest';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { timesOf } from '../full.ts';
import { flood } from './flood.ts';
import { startServer } from './processes.ts';
import { buildPrograms } from './programs.ts';

const CONNECTIONS = timesOf(400, 10_000);

test.runIf(process.platform === 'linux')(
  'connections that are idle, slow or never read are all ended, in bounded memory, and the server answers meanwhile',
  async () => {
    const { server: script } = await buildPrograms();
    const folder = makeDataFolder('flood');
    const server = await startServer(script, {
      ...{ DATA_DIR: folder, LOG_LEVEL: 'error', NODE_ENV: 'production' },
      REQUEST_LIMIT_MS: String(timesOf(5000, 20_000)),
    });
    onTestFinished(async () => {
      await server.end('SIGKILL');
      removeDataFolder(folder);
    });
    const { wanted, opened, health, peakMb } = await flood(server, CONNECTIONS);
    expect(Object.values(opened).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(0.9 * wanted);
    expect(Object.keys(health)).toEqual(['200']);
    expect(peakMb).toBeLessThan(400);
    expect(server.isAlive()).toBe(true);
    expect(server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);
  },
);
