import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readConfig as readSettings } from '../../../server/config/config.ts';
import { type RunningServer, startServer } from '../../../server/start/start-server.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { readConfig } from '../../leak/byo-client.ts';
import { makeCanary } from '../../leak/canary.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import type { Rule } from '../../sandbox/script.ts';
import { type LiveRun, openRun } from './support/live-run.ts';
import { openSocket } from './support/raw-http.ts';

const ONE = { goal: 'write one skill that lists files' };
const { key } = makeCanary();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Started {
  readonly server: RunningServer;
  readonly sandbox: TestSandbox;
  readonly printed: readonly string[];
  begin(script: readonly Rule[]): Promise<LiveRun>;
}

/** A server of the test's own, that the test stops. */
async function start(settings: Readonly<Record<string, string>>): Promise<Started> {
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-stop-'));
  const sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  const printed: string[] = [];
  const config = readSettings({ PORT: '0', DATA_DIR: dataDir, SANDBOX_PACE: 'instant', ...settings });
  const log = createLog('debug', { write: (line) => void printed.push(line) });
  const server = await startServer(config, { log, build: 'test', standIn: { origin: sandbox.origin } });
  ends.push(
    () => rmSync(dataDir, { recursive: true, force: true }),
    () => sandbox.close(),
  );
  const { url } = server;
  // as long as a busy machine needs
  Object.assign(server.parts, { headWaitMs: 240_000 });
  return {
    server,
    sandbox,
    printed,
    async begin(script) {
      sandbox.script(script);
      const run = await openRun(url, await readConfig(url), ONE, { key });
      ends.push(() => run.leave('reset'));
      return run;
    },
  };
}

async function openCheck(url: string): Promise<LiveRun> {
  const check = await openRun(
    url,
    await readConfig(url),
    { goal: undefined },
    { key, path: ROUTES.byoCheck },
  );
  ends.push(() => check.leave('reset'));
  return check;
}

test('a run that is under way ends with a last event that says why, and the provider’s connection closes', async () => {
  const { server, sandbox, printed, begin } = await start({ SHUTDOWN_GRACE_MS: '0' });
  const run = await begin([{ phase: 'draft', stop: { how: 'hang', after: 6 } }]);
  await run.until('event: text');
  await server.stop();
  const { failure, events, status } = await run.answer();
  expect(status).toBe(200);
  expect(failure).toMatchObject({ code: 'internal', reason: 'shutdown' });
  expect(events.map(({ name }) => name).slice(-2)).toEqual(['receipt', 'failed']);
  expect(events.some(({ name }) => name === 'draft')).toBe(false);
  await expect.poll(() => sandbox.counters).toMatchObject({ aborted: 1, openSockets: 0 });
  expect(printed.join('')).toContain('"reason":"shutdown"');
  expect(printed.join('')).not.toContain(key.slice(14, 30));
  expect(server.parts.sockets.leases).toBe(0);
  await expect(fetch(server.url + ROUTES.health)).rejects.toThrow();
});

test('a run that waits for its head is answered with a status', async () => {
  const { server, begin, sandbox } = await start({ SHUTDOWN_GRACE_MS: '0' });
  const run = await begin([{ stop: { how: 'hang', after: 'nothing' } }]);
  await expect.poll(() => sandbox.journal.length).toBe(1);
  await server.stop();
  const { failure, status } = await run.answer();
  expect(status).toBe(500);
  expect(failure).toMatchObject({ code: 'internal', reason: 'shutdown' });
});

test('a run that ends in the time of grace ends as it would have', async () => {
  const { server, begin, sandbox } = await start({ SHUTDOWN_GRACE_MS: '600000' });
  const run = await begin([{ phase: 'draft', held: true }]);
  await run.until('event: plan');
  const stopped = server.stop();
  sandbox.release();
  expect((await run.answer()).events.at(-1)?.name).toBe('done');
  await stopped;
});

test('a key check ends with a sentence, and the server waits for it', async () => {
  const { server, sandbox } = await start({ SHUTDOWN_GRACE_MS: '0' });
  sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
  const check = await openCheck(server.url);
  await expect.poll(() => sandbox.journal.length).toBe(1);
  expect(server.parts.running.size).toBe(1);
  await server.stop();
  const { failure, status } = await check.answer();
  expect(status).toBe(500);
  expect(failure).toMatchObject({
    reason: 'shutdown',
    message: expect.stringContaining('nothing of the key'),
  });
  expect(server.parts.running.size).toBe(0);
  expect(server.parts.sockets.leases).toBe(0);
});

test('a key check that ends in the time of grace ends as it would have', async () => {
  const { server, sandbox } = await start({ SHUTDOWN_GRACE_MS: '600000' });
  sandbox.script([{ held: true }]);
  const check = await openCheck(server.url);
  await expect.poll(() => sandbox.journal.length).toBe(1);
  const stopped = server.stop();
  sandbox.release();
  const { status, text } = await check.answer();
  expect({ status, ...JSON.parse(text) }).toMatchObject({ status: 200, verdict: 'no_access' });
  await stopped;
});

test('a connection that is kept open cannot keep the server from stopping with a run of its own', async () => {
  const { server, sandbox } = await start({ SHUTDOWN_GRACE_MS: '0' });
  sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  ends.push(() => agent.destroy());
  const ask = (path: string, body?: string): Promise<number> =>
    new Promise((resolve) => {
      const headers =
        body === undefined ? {} : { 'x-provider-key': key, 'content-length': String(body.length) };
      const sent = request(
        server.url + path,
        { agent, headers, method: body === undefined ? 'GET' : 'POST' },
        (response) => {
          response.resume().once('close', () => resolve(response.statusCode ?? 0));
        },
      );
      sent.on('error', () => resolve(0));
      sent.end(body);
    });
  expect(await ask(ROUTES.health)).toBe(200);
  const run = ask(ROUTES.byo, JSON.stringify({ ...ONE, provider: 'anthropic', model: 'claude-x' }));
  await server.stop();
  // Refused, or ended with a reason; never left to its own time limit.
  expect([0, 500]).toContain(await run);
});

test('half a request does not keep the server from stopping', async () => {
  const { server } = await start({ SHUTDOWN_GRACE_MS: '0' });
  const socket = await openSocket(
    server.url,
    `POST ${ROUTES.byo} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 50\r\n\r\n{`,
  );
  await server.stop();
  expect(
    socket.destroyed || (await new Promise((resolve) => socket.resume().once('close', () => resolve(true)))),
  ).toBe(true);
});

test('tells a balancer that it stops', async () => {
  const { server, begin, sandbox } = await start({ SHUTDOWN_GRACE_MS: '600000' });
  expect((await fetch(server.url + ROUTES.ready)).status).toBe(200);
  const run = await begin([{ phase: 'draft', held: true }]);
  await run.until('event: plan');
  const stopped = server.stop();
  expect(await server.parts.notReady()).toContain('stopping');
  sandbox.release();
  await stopped;
});
