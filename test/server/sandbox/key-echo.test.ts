import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import type { Echo } from '../../sandbox/script.ts';
import { CALLS, openAiBody } from './prompts.ts';
import { partsOf, rawRequest } from './raw-request.ts';

const KEY = 'sk-proj-Zx81+/canary_7Q';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant' });
});
afterAll(() => sandbox.close());

const play = async (
  echo: Echo,
  body: unknown = openAiBody(CALLS.draft, { stream: true }),
  auth: Record<string, string> = { authorization: `Bearer ${KEY}` },
) => {
  sandbox.script([{ echo }]);
  return partsOf(await rawRequest(sandbox.origin, '/v1/chat/completions', body, auth));
};

test.each([
  ['raw', KEY],
  ['percent', [...Buffer.from(KEY)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')],
  ['hex', Buffer.from(KEY).toString('hex')],
  ['base64', Buffer.from(KEY).toString('base64')],
  ['base64+1', Buffer.from(`:${KEY}:`).toString('base64')],
  ['base64+2', Buffer.from(`u:${KEY}:`).toString('base64')],
  ['base64url', Buffer.from(KEY).toString('base64url')],
  ['json', '\\u0073\\u006b\\u002d'],
] as const)('the received key comes back %s in an error', async (form, expected) => {
  const { head, body } = await play({ in: 'error', form });
  expect(head).toMatch(/^HTTP\/1.1 401/);
  expect(body.toString()).toContain(expected);
  if (form === 'json') expect(JSON.parse(body.toString()).error.message).toContain(KEY);
});

test('it comes back in a header, as a request id, and in a redirect', async () => {
  expect((await play({ in: 'header', form: 'raw' })).head).toContain(`x-debug: ${KEY}`);
  expect((await play({ in: 'request-id', form: 'raw' })).head).toContain(`x-request-id: ${KEY}`);
  expect((await play({ in: 'location', form: 'percent' })).head).toMatch(
    /^HTTP\/1.1 307 .*location: \S+key=%73%6B%2D/s,
  );
});

const deltas = (body: Buffer): readonly string[] =>
  (body.toString().match(/^data: \{.*$/gm) ?? []).map(
    (line) => JSON.parse(line.slice(6)).choices[0]?.delta?.content ?? '',
  );

test('it comes back in the model’s text, split over deltas', async () => {
  const { body } = await play({ in: 'text', form: 'raw', split: 3 });
  expect(body.toString()).not.toContain(KEY);
  expect(deltas(body).join('')).toContain(KEY);
  expect(deltas(body).filter((delta) => delta !== '' && KEY.includes(delta)).length).toBe(3);
});

test('it comes back escaped in the bytes and plain in the text', async () => {
  const { body } = await play({ in: 'text', form: 'json' });
  expect(body.toString()).not.toContain(KEY);
  expect(deltas(body).join('')).toContain(KEY);
});

test('it comes back inside a structured answer that is still JSON', async () => {
  const { body } = await play({ in: 'text', form: 'raw' }, openAiBody(CALLS.plan, { stream: true }));
  expect(JSON.stringify(JSON.parse(deltas(body).join('')))).toContain(KEY);
});

test('it comes back in an error in the middle of a stream', async () => {
  const { body } = await play({ in: 'stream-error', form: 'raw' });
  expect(body.toString()).toMatch(/event: error\ndata: .*sk-proj-/);
});

test.each(['x-api-key', 'api-key', 'x-goog-api-key'])('a key in %s is a received key too', async (header) => {
  expect((await play({ in: 'error', form: 'raw' }, undefined, { [header]: KEY })).body.toString()).toContain(
    KEY,
  );
});
