import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { startServer } from '../../../server/start/start-server.ts';
import { REQUEST_ID_HEADER } from '../../../server/telemetry/access-log.ts';
import { auditPage } from '../../../shared/contract/audit.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../../shared/contract/run-limits.ts';
import { Browser } from '../../faults/browser.ts';
import { makeCanary } from '../../leak/canary.ts';
import { createTestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { quiet, testStorage } from '../database.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-byo-entry-'));
const sandbox = await createTestSandbox({ pace: 'instant' });
const config = readConfig({
  PORT: '0',
  DATA_DIR: dataDir,
  SHUTDOWN_GRACE_MS: '0',
  HOSTED_WORKERS: '0',
  SANDBOX_PACE: 'instant',
});
const storage = await testStorage();
const server = await startServer(config, {
  log: quiet,
  build: 'test',
  storage,
  standIn: { origin: sandbox.origin },
});
afterAll(async () => {
  await server.stop();
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const goal = 'write one skill that lists files';

it.each([
  [
    'on a pasted key',
    { goal, provider: 'anthropic', model: 'claude-x' },
    { [KEY_HEADER]: makeCanary().key },
    'user',
  ],
  ['of the sandbox, which takes no key', { goal, provider: 'sandbox', model: 'sandbox-1' }, {}, 'none'],
])(
  'a run %s says so in its entry, and has the id of its request like every other',
  async (_, body, headers, credentials) => {
    const browser = new Browser(() => server.url);
    await browser.signUp(`runs-on-${credentials}`);
    const answer = await browser.open('POST', '/v1/intent/byo', body, headers);
    expect(await answer.text()).toContain('event: done');
    const entries = async () =>
      auditPage
        .parse((await browser.send('GET', '/v1/audit')).json)
        .entries.filter(({ action }) => action === 'compose.byo');
    await expect.poll(entries).toMatchObject([
      {
        outcome: 'ok',
        provider: body.provider,
        requestId: answer.headers.get(REQUEST_ID_HEADER),
        detail: { credentials, run: answer.headers.get(RUN_ID_HEADER) },
      },
    ]);
  },
);
