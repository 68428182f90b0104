import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningCluster, SUPERUSER } from '../../server/storage/embedded/cluster.ts';
import { rememberedHome } from '../../server/storage/embedded/postgres-home.ts';
import { type Storage, startStorage } from '../../server/storage/start-storage.ts';
import { createLog } from '../../server/telemetry/log.ts';
import { createdToken } from '../../shared/contract/account.ts';
import { hostedRun, hostedSummary, isOver } from '../../shared/contract/hosted.ts';
import { Browser, PASSWORD } from '../faults/browser.ts';
import { type RunningServer, startServer } from '../faults/processes.ts';
import { buildPrograms } from '../faults/programs.ts';
import { createTestSandbox, type TestSandbox } from '../sandbox/create-test-sandbox.ts';
import type { Rule } from '../sandbox/script.ts';
import { finishedPlan } from '../server/plans/plan-fixture.ts';
import { until } from '../until.ts';
import { readAll, readConfig, sendRun } from './byo-client.ts';
import { type Canary, makeCanary } from './canary.ts';
import { copies, scanBytes } from './memory-scan.ts';

/**
 * A whole server with its database, used in every way that meets a secret: runs on pasted keys, hosted runs on the operator's, saved
 * plans, tokens, passwords. Then a search of every row, of the cluster's files with their write-ahead log, and of all that was printed.
 */

const folder = mkdtempSync(join(tmpdir(), 'oneturn-stored-'));
// as root the cluster runs as another user, who must get through, or it would be elsewhere
chmodSync(folder, 0o711);
const dataDir = join(folder, 'data');
const goal = 'turn merged pull requests into weekly release notes';
const operators = makeCanary('sk-operator-');
const pasted: Canary[] = [];
/** Stored on purpose, so that a search that finds nothing is known to search. */
const control = makeCanary('');
const [operatorsKey, stored] = [[operators], [control]];
let sandbox: TestSandbox;
let server: RunningServer;
let storage: Storage;
/** Undone in reverse, however far the start came: a server that is left behind leaves its PostgreSQL behind. */
const undo: (() => Promise<void> | void)[] = [];
let token = '';
const HOSTED_RUNS = 3;

beforeAll(async () => {
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const programs = await buildPrograms();
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  undo.push(() => sandbox.close());
  server = await startServer(programs.server, {
    ...{ DATA_DIR: dataDir, LOG_LEVEL: 'debug', SHUTDOWN_GRACE_MS: '0', RUNS_PER_MINUTE: '1000' },
    ...{ HOSTED_PROVIDER: 'lab', HOSTED_MODELS: 'lab-1', HOSTED_PRICE_USD: '1/5', HOSTED_KEY: operators.key },
    PROVIDER_ENDPOINTS: JSON.stringify([
      { id: 'lab', name: 'Lab', format: 'openai', baseUrl: `${sandbox.origin}/v1`, models: ['lab-1'] },
    ]),
  });
  undo.push(() => server.end('SIGTERM'));
  const { socketDir } = runningCluster({ home: rememberedHome(dataDir) ?? '' }) ?? { socketDir: '' };
  const databaseUrl = `postgresql://${SUPERUSER}@localhost/postgres?host=${encodeURIComponent(socketDir)}`;
  storage = await startStorage({ databaseUrl, dataDir, log: createLog('silent') });
  undo.push(() => storage.stop());

  const browser = await new Browser(() => server.url).signUp('collector');
  await useEverything(browser);
  await sql`checkpoint`.execute(storage.db);
});
afterAll(async () => {
  for (const step of undo.reverse()) await step();
});

const FAULT = 'openai-401';
/** How runs on pasted keys end, and what their provider does with the key. */
const WAYS = {
  done: [],
  refused: [{ fault: FAULT, echo: { in: 'error', form: 'raw' } }],
  echoed: [{ phase: 'draft', echo: { in: 'text', form: 'raw', split: 3 } }],
  left: [{ phase: 'plan', stop: { how: 'hang', after: 1 } }],
} satisfies Readonly<Record<string, Rule[]>>;

async function useEverything(browser: Browser): Promise<void> {
  const config = await readConfig(server.url);
  const body = { goal, provider: 'lab', model: 'lab-1' };
  for (const sealed of [true, false]) {
    for (const [name, rules] of Object.entries(WAYS)) {
      // looks like no known provider's, or the server would refuse it
      const canary = makeCanary('lab-');
      pasted.push(canary);
      sandbox.script(rules);
      const sent = await sendRun(server.url, {
        key: canary.key,
        sealed,
        body,
        config,
        headers: { cookie: browser.cookie() },
      });
      const response = await sent.response;
      let text = '';
      if (name === 'left') sent.destroy();
      else text = await readAll(response);
      const reached = sandbox.journal.some(({ headers }) =>
        headers.some(([, value]) => value.includes(canary.key)),
      );
      expect({ name, sealed, text: reached ? '' : text, reached }).toEqual({
        name,
        sealed,
        text: '',
        reached: true,
      });
    }
  }

  // the operator's key comes back in an error of the first run, and in the drafts of the others
  sandbox.script([
    { phase: 'classification', times: 1, fault: FAULT, echo: { in: 'error', form: 'raw' } },
    { phase: 'draft', nth: 1, echo: { in: 'text', form: 'raw', split: 3 } },
    { phase: 'draft', echo: { in: 'text', form: 'base64+1' } },
  ]);
  const ids = await Promise.all(
    Array.from(
      { length: HOSTED_RUNS },
      async () => hostedSummary.parse((await browser.send('POST', '/v1/intent', { goal })).json).id,
    ),
  );
  for (const id of ids) {
    await until(async () =>
      expect(isOver(hostedRun.parse((await browser.send('GET', `/v1/intent/${id}`)).json).state)).toBe(true),
    );
  }
  expect(
    (await browser.send('POST', '/v1/plans', finishedPlan({ goal: `${goal} ${control.key}` }))).status,
  ).toBe(201);
  const wish = { name: 'agent', scopes: ['plans:read'], expiresInDays: null };
  token = createdToken.parse((await browser.send('POST', '/v1/tokens', wish)).json).token;
}

interface Search {
  readonly keys: number;
  readonly operator: number;
  readonly control: number;
  readonly password: boolean;
  readonly token: boolean;
}

function searchIn(bytes: Buffer): Search {
  return {
    keys: copies(scanBytes(bytes, pasted)),
    operator: copies(scanBytes(bytes, operatorsKey)),
    control: copies(scanBytes(bytes, stored)),
    password: bytes.includes(PASSWORD),
    token: bytes.includes(token.slice('oneturn_'.length)),
  };
}

const NONE = { keys: 0, operator: 0, password: false, token: false };

test('no row of any table has a key, a password or a token in it', async () => {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select schemaname as schema, tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
  `.execute(storage.db);
  expect(tables.map(({ schema, name }) => `${schema}.${name}`)).toEqual(
    expect.arrayContaining(['public.intent_plans', 'pgboss.job']),
  );
  const rows: string[] = [];
  for (const { schema, name } of tables) {
    const found = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(storage.db);
    rows.push(...found.rows.map(({ row }) => row));
  }
  const found = searchIn(Buffer.from(rows.join('\n')));
  expect(found).toMatchObject(NONE);
  expect(found.control).toBeGreaterThan(0);
});

test('no file of the data folder has one, the write-ahead log among them', () => {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const wal = files.filter(({ parentPath }) => parentPath.endsWith('pg_wal'));
  expect(wal.length).toBeGreaterThan(0);
  let inWal = 0;
  for (const entry of files) {
    const found = searchIn(readFileSync(join(entry.parentPath, entry.name)));
    expect({ file: entry.name, ...found }).toMatchObject(NONE);
    if (wal.includes(entry)) inWal += found.control;
  }
  expect(inWal).toBeGreaterThan(0);
});

test('nothing that the server printed has one, nor any goal', () => {
  const printed = server.printed();
  expect(printed).toContain('"msg":"byo run"');
  expect(printed).toContain('"msg":"hosted run"');
  expect(searchIn(Buffer.from(printed))).toEqual({ ...NONE, control: 0 });
  expect(printed).not.toContain(goal);
});

test('runs on pasted keys made no job and no plan, and an entry each in the audit log', async () => {
  const count = async (table: 'intent_jobs' | 'intent_plans'): Promise<number> =>
    (await storage.db.selectFrom(table).select('id').execute()).length;
  expect(await count('intent_jobs')).toBe(HOSTED_RUNS);
  // one was saved; of the hosted runs all but the refused one ended with drafts
  expect(await count('intent_plans')).toBe(HOSTED_RUNS);
  const entries = storage.db
    .selectFrom('audit_entries')
    .select('outcome')
    .where('action', '=', 'compose.byo');
  await until(async () => expect(await entries.execute()).toHaveLength(pasted.length));
});
