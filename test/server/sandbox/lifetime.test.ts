import { Agent, request } from 'undici';
import { afterEach, expect, test } from 'vitest';
import {
  createTestSandbox,
  type TestSandbox,
  type TestSandboxOptions,
} from '../../sandbox/create-test-sandbox.ts';
import { epochMs } from '../../sandbox/journal.ts';
import { until } from '../../until.ts';
import { CALLS, openAiBody } from './prompts.ts';
import { openRaw, partsOf, rawRequest } from './raw-request.ts';

const PATH = '/v1/chat/completions';
const BODY = openAiBody(CALLS.draft, { stream: true });

const open: TestSandbox[] = [];
const sandboxWith = async (options: TestSandboxOptions): Promise<TestSandbox> => {
  const sandbox = await createTestSandbox(options);
  open.push(sandbox);
  return sandbox;
};
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

test('the journal has a request as it was received', async () => {
  const sandbox = await sandboxWith({ pace: 'instant', journal: true });
  await rawRequest(sandbox.origin, PATH, BODY, { Authorization: 'Bearer sk-1', 'X-Odd-Case': 'kept' });
  const [entry] = sandbox.journal;
  expect(entry).toMatchObject({
    method: 'POST',
    path: PATH,
    body: JSON.stringify(BODY),
    phase: 'draft',
    ended: 'finished',
    connection: 1,
  });
  expect(entry?.headers).toContainEqual(['Authorization', 'Bearer sk-1']);
  expect(entry?.headers).toContainEqual(['X-Odd-Case', 'kept']);
  expect(entry?.frames).toBeGreaterThan(10);
});

test('without being told to, it keeps nothing of a request', async () => {
  const sandbox = await sandboxWith({ pace: 'instant' });
  await rawRequest(sandbox.origin, PATH, BODY, { authorization: 'Bearer sk-1' });
  expect(sandbox.journal).toEqual([]);
  expect(sandbox.counters).toMatchObject({ requests: 1, finished: 1 });
  const control = partsOf(await rawRequest(sandbox.origin, '/__journal'));
  expect(control.head).toMatch(/^HTTP\/1.1 404/);
});

test('an abort is seen as the socket closes, mid-stream and before the head', async () => {
  const sandbox = await sandboxWith({ pace: { firstMs: 0, eventMs: 5, charsPerEvent: 4 }, journal: true });
  for (const rule of [{}, { waitMs: 60_000 }]) {
    sandbox.clear();
    sandbox.script([rule]);
    const socket = openRaw(sandbox.origin, PATH, BODY);
    if (rule.waitMs === undefined) await new Promise((resolve) => socket.once('data', resolve));
    else await until(() => expect(sandbox.journal[0]?.phase).toBe('draft'));
    const leftAt = epochMs();
    socket.destroy();
    await until(() => expect(sandbox.counters.aborted).toBe(1));
    const { ended, endedAtMs } = sandbox.journal[0] ?? {};
    expect(ended).toBe('aborted');
    expect(endedAtMs).toBe(sandbox.counters.lastAbortAtMs);
    expect((endedAtMs ?? 0) - leftAt).toBeGreaterThanOrEqual(0);
    await until(() => expect(sandbox.counters.openSockets).toBe(0));
  }
});

test('connections are counted while they are open, idle ones too, and numbered', async () => {
  const sandbox = await sandboxWith({ pace: 'instant', journal: true });
  const agent = new Agent({ connections: 1 });
  for (const _ of [1, 2])
    await (
      await request(sandbox.origin + PATH, { method: 'POST', body: JSON.stringify(BODY), dispatcher: agent })
    ).body.text();
  expect(sandbox.counters).toMatchObject({ openSockets: 1, requests: 2 });
  expect(sandbox.journal.map(({ connection }) => connection)).toEqual([1, 1]);
  await agent.close();
  await until(() => expect(sandbox.counters.openSockets).toBe(0));
});

test('closing ends hanging answers and leaves no handle', async () => {
  const handles = (): readonly string[] =>
    process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'));
  const before = handles().length;
  const sandbox = await sandboxWith({ pace: 'real' });
  sandbox.script([{ path: '/v1/chat', stop: { how: 'hang', after: 'head' } }]);
  const ends = [
    rawRequest(sandbox.origin, PATH, BODY),
    rawRequest(sandbox.origin, '/api/v1/chat/completions', BODY),
  ];
  await until(() => expect(sandbox.counters.requests).toBe(2));
  await sandbox.close();
  expect(sandbox.counters.openSockets).toBe(0);
  await Promise.all(ends);
  await until(() => expect(handles().length).toBeLessThanOrEqual(before));
});

test('it listens on loopback only', async () => {
  expect((await sandboxWith({})).origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('a body that is too large, not JSON, or without its fields is refused in the vendor’s envelope', async () => {
  const sandbox = await sandboxWith({ pace: 'instant' });
  const told = async (path: string, body: unknown): Promise<string> => {
    const { head, body: text } = partsOf(
      await rawRequest(sandbox.origin, path, body, { 'anthropic-version': '2026-10-21' }),
    );
    return `${head.slice(9, 12)} ${text.toString()}`;
  };
  expect(await told('/v1/messages', { model: 'm' })).toMatch(
    /^400 \{"type":"error","error":\{"type":"invalid_request_error","message":"messages: Field required"/,
  );
  expect(await told(PATH, 'text')).toMatch(/^400 \{"error":\{"message":"Missing or invalid parameter/);
  expect(await told('/v1/messages', { ...BODY, filler: 'x'.repeat(9_000_000) })).toMatch(/^413 /);
  expect(await told('/v1/nothing', {})).toMatch(/^404 /);
});

test('only the accepted key is taken, when there is one', async () => {
  const sandbox = await sandboxWith({ pace: 'instant', acceptKey: 'sk-good' });
  const status = async (path: string, headers: Record<string, string>): Promise<string> =>
    partsOf(await rawRequest(sandbox.origin, path, undefined, headers)).head.slice(9, 12);
  expect(await status('/v1/models', { authorization: 'Bearer sk-good' })).toBe('200');
  expect(await status('/v1/models', { authorization: 'Bearer sk-bad' })).toBe('401');
  expect(await status('/api/v1/key', {})).toBe('401');
  expect(await status('/v1beta/openai/models', {})).toBe('400');
  const check = partsOf(
    await rawRequest(sandbox.origin, '/v1/check-api-key', {}, { authorization: 'Bearer sk-bad' }),
  );
  expect(JSON.parse(check.body.toString())).toMatchObject({ valid: false });
});
