import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { startServer } from '../../../server/start/start-server.ts';
import { createWriteProbe, PROBE_FILE } from '../../../server/storage/write-probe.ts';
import { createLog } from '../../../server/telemetry/log.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'oneturn-probe-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('a disk that takes writes is ready, and nothing is left on it', async () => {
  expect(await createWriteProbe(dir, () => 0)()).toBeUndefined();
  expect(existsSync(join(dir, PROBE_FILE))).toBe(false);
});

test.skipIf(process.platform !== 'linux')('a full disk is told, until it has room again', async () => {
  let now = 0;
  const probe = createWriteProbe(dir, () => now);
  symlinkSync('/dev/full', join(dir, PROBE_FILE));
  expect(await probe()).toBe('The disk of DATA_DIR is full.');
  rmSync(join(dir, PROBE_FILE));
  now = 1_999;
  expect(await probe()).toBe('The disk of DATA_DIR is full.');
  now = 2_000;
  expect(await probe()).toBeUndefined();
});

test('many who ask at once are one write', async () => {
  const probe = createWriteProbe(dir, () => 0);
  const answers = [probe(), probe(), probe()];
  expect(new Set(answers).size).toBe(1);
  await Promise.all(answers);
});

test('a folder that is gone is told', async () => {
  chmodSync(dir, 0o700);
  expect(await createWriteProbe(join(dir, 'gone'), () => 0)()).toBe(
    'The folder of DATA_DIR cannot be written to.',
  );
});

test.skipIf(process.platform !== 'linux')('the server is not ready while its disk is full', async () => {
  symlinkSync('/dev/full', join(dir, PROBE_FILE));
  const config = readConfig({ PORT: '0', DATA_DIR: dir, SANDBOX_PACE: 'instant' });
  const server = await startServer(config, { log: createLog('silent'), build: 'test' });
  const answer = await fetch(`${server.url}/readyz`);
  await server.stop();
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ready: false, reason: 'The disk of DATA_DIR is full.' });
});
