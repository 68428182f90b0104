import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { Browser } from '../faults/browser.ts';
import { timesOf } from '../full.ts';
import { createTestSandbox, type TestSandbox } from '../sandbox/create-test-sandbox.ts';
import type { Rule } from '../sandbox/script.ts';
import { testStorage, urlTo } from '../server/database.ts';
import { ok } from '../server/idor-requests.ts';
import { ended, REJECTION, start } from '../server/vault/stored-run.ts';
import { Guest, keysOf, stored, storeKey } from '../server/vault/vault-lab.ts';
import { until } from '../until.ts';
import { type Canary, canariesOfAllLengths, makeCanary } from './canary.ts';
import { type ForkedServer, forkServer } from './forked.ts';
import { NOTHING, residueOf } from './memory-scan.ts';

/** The memory of a server whose worker runs on stored keys: each is stored, and opened again for its run. */

const storage = await testStorage();
const folder = mkdtempSync(join(tmpdir(), 'oneturn-root-'));
let sandbox: TestSandbox;
let server: ForkedServer;
let count = 0;

interface StoredCanary {
  readonly canary: Canary;
  readonly browser: Browser;
  readonly id: string;
}

/** V8 treats 64 bytes or less otherwise than more. */
const LENGTHS = [39, 52, 77];

/** In a workspace of its own. */
async function store(canary: Canary): Promise<StoredCanary> {
  const browser = await new Guest(() => server.url).signUp(`keeper-${count++}`);
  const { id } = await stored(storeKey(server, browser, canary.key));
  return { canary, browser, id };
}

async function underWay(browser: Browser): Promise<void> {
  await until(async () => expect(await keysOf(browser)).toMatchObject([{ openRuns: 1 }]));
}

const HANG: readonly Rule[] = [{ phase: 'plan', stop: { how: 'hang', after: 1 } }];

/** What becomes of a run on a stored key. */
const WAYS: readonly (readonly [string, readonly Rule[], (one: StoredCanary) => Promise<unknown>])[] = [
  ['a test call', [], ({ browser, id }) => ok(browser.send('POST', ROUTES.storedKeyTest(id)))],
  [
    'a run',
    [],
    async ({ browser }) => expect((await ended(browser, await start(browser))).state).toBe('done'),
  ],
  [
    'a rejected key',
    [{ method: 'POST', reply: { status: 401, body: REJECTION } }],
    async ({ browser }) => {
      const { failure } = await ended(browser, await start(browser));
      expect(failure?.code).toBe('key_rejected');
    },
  ],
  [
    'a key that comes back',
    [{ phase: 'draft', echo: { in: 'text', form: 'raw', split: 1 } }],
    async ({ browser }) => expect((await ended(browser, await start(browser))).state).toBe('done'),
  ],
  [
    'a run that is cancelled',
    HANG,
    async ({ browser }) => {
      const job = await start(browser);
      await underWay(browser);
      await browser.send('DELETE', ROUTES.hostedRun(job));
      expect((await ended(browser, job)).state).toBe('cancelled');
    },
  ],
  [
    'a revocation in the middle',
    HANG,
    async ({ browser, id }) => {
      const job = await start(browser);
      await underWay(browser);
      expect((await ok(browser.send('POST', ROUTES.storedKeyRevoke(id)))).json).toEqual({ stoppedRuns: 1 });
      expect((await ended(browser, job)).failure?.reason).toBe('key_gone');
    },
  ],
];

describe.skipIf(process.platform !== 'linux')('what stays of a stored key', () => {
  beforeAll(async () => {
    const root = join(folder, 'root');
    writeFileSync(root, randomBytes(32).toString('base64url'), { mode: 0o600 });
    sandbox = await createTestSandbox({ pace: 'instant', journal: true });
    server = await forkServer({
      ...{ UPSTREAM: sandbox.origin, DATABASE_URL: urlTo(storage), TRUSTED_PROXIES: '127.0.0.1' },
      ...{ VAULT: 'on', VAULT_ROOTS: `r1=file:${root}`, HOSTED_WORKERS: '4', LOG_LEVEL: 'debug' },
    });
  });
  afterAll(async () => {
    await server?.kill();
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the search finds the key of a run that lasts: the positive control', async () => {
    const one = await store(makeCanary());
    sandbox.script([...HANG]);
    const job = await start(one.browser);
    await underWay(one.browser);
    await until(() => expect(residueOf(server.pid, [one.canary]).hit).toBe(1));
    await one.browser.send('DELETE', ROUTES.hostedRun(job));
    await ended(one.browser, job);
    expect(residueOf(server.pid, [one.canary])).toEqual(NOTHING);
  });

  test.each(WAYS)('nothing after %s', async (_, rules, play) => {
    sandbox.script([]);
    const rounds = timesOf(0, 4);
    const canaries =
      rounds > 0 ? canariesOfAllLengths(rounds) : LENGTHS.map((length) => makeCanary(undefined, length));
    // half at once; then one by one, for nothing comes after the last that could overwrite it
    const half = canaries.length >> 1;
    const all = await Promise.all(canaries.map(store));
    sandbox.script([...rules]);
    sandbox.clear();
    await Promise.all(all.slice(0, half).map(play));
    for (const one of all.slice(half)) await play(one);
    const sent = sandbox.journal.map(({ headers }) => Object.fromEntries(headers)['x-api-key']);
    expect(new Set(sent)).toEqual(new Set(canaries.map(({ key }) => key)));
    expect(residueOf(server.pid, canaries)).toEqual(NOTHING);
    for (const { blocks } of canaries) expect(server.output()).not.toContain(blocks[0]);
  });
});
