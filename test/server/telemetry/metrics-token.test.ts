import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { type RunningServer, startServer } from '../../../server/start/start-server.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { makeDataFolder, removeDataFolder } from '../../data-folder.ts';

const TOKEN = 'a-token-of-thirty-two-characters';
const dataDir = makeDataFolder('metrics');
let server: RunningServer;
beforeAll(async () => {
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, METRICS_TOKEN: TOKEN });
  server = await startServer(config, { log: createLog('silent'), build: 'test' });
});
afterAll(async () => {
  await server.stop();
  removeDataFolder(dataDir);
});

test.each([
  ['the token', { authorization: `Bearer ${TOKEN}` }, 200],
  ['no token', {}, 401],
  ['another one', { authorization: `Bearer ${TOKEN}x` }, 401],
  ['its beginning', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 401],
  ['a password', { authorization: `Basic ${TOKEN}` }, 401],
])('with METRICS_TOKEN set, %s gets what it should', async (_, headers, status) => {
  const response = await fetch(server.url + ROUTES.metrics, { headers });
  expect(response.status).toBe(status);
  expect((await response.text()).includes('oneturn_')).toBe(status === 200);
});
