import { Agent } from 'undici';
import { afterEach, expect, it, test } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { DEFAULT_LIMITS, limitsFor } from '../../../server/providers/call-limits.ts';
import { createAsk } from '../../../server/providers/calls/create-ask.ts';
import { reachable } from '../../../server/start/reachable.ts';
import type { ModelCall } from '../../../shared/compose/ask.ts';
import { buildRequest } from '../../../shared/providers/formats/build-request.ts';
import { onTerms } from '../../../shared/providers/negotiate.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { CALL } from './call.ts';
import { type HostileServer, hostileServer, WHOLE } from './hostile-server.ts';

let server: HostileServer | undefined;
let agent: Agent | undefined;
afterEach(async () => {
  await agent?.destroy();
  await server?.stop();
});

/** The vendor that an endpoint's settings make. */
function vendorOf(more: Readonly<Record<string, unknown>>): Vendor {
  const lab = { id: 'lab', name: 'Lab', format: 'openai', baseUrl: 'http://10.0.0.5/v1', ...more };
  const { vendors } = reachable(
    readConfig({ PROVIDER_ENDPOINTS: JSON.stringify([lab]) }),
    'http://127.0.0.1:1',
  );
  const vendor = vendors.find(({ id }) => id === 'lab');
  if (!vendor) throw new Error('no lab');
  return vendor;
}

const PLAN: ModelCall = {
  ...CALL,
  maxOutputTokens: 12_000,
  schema: { name: 'plan', json: { type: 'object' } },
};

/** What one call to that vendor looks like on the wire. */
async function sent(vendor: Vendor, model: string, call: ModelCall = PLAN) {
  server = await hostileServer((socket) => socket.write(WHOLE));
  agent = new Agent();
  const ask = createAsk({
    upstream: { vendor, origin: server.origin, dispatcher: agent, authorization: undefined },
    model,
    limits: DEFAULT_LIMITS,
    now: () => performance.now(),
    startedAt: performance.now(),
    price: () => null,
  });
  const watch = { text: () => undefined, waiting: () => undefined };
  expect((await ask(call, watch, new AbortController().signal)).kind).toBe('answer');
  const [request] = server.requests;
  const body: Readonly<Record<string, unknown>> = JSON.parse(request?.body ?? '');
  return { body, headers: new Map(request?.headers.map(([name, value]) => [name.toLowerCase(), value])) };
}

test('an endpoint is asked at once as its settings say', async () => {
  const vendor = vendorOf({
    structured: 'json_object',
    maxTokens: 4096,
    omit: ['stream_options', 'max_tokens'],
    headers: { 'x-team': 'seeds' },
  });
  const { body, headers } = await sent(vendor, 'llama-4');
  expect(body).toMatchObject({ response_format: { type: 'json_object' }, max_completion_tokens: 4096 });
  expect(body).not.toHaveProperty('stream_options');
  expect(body).not.toHaveProperty('max_tokens');
  expect(headers.get('x-team')).toBe('seeds');
});

test('without settings it is asked for everything', async () => {
  const { body } = await sent(vendorOf({}), 'llama-4');
  expect(body).toMatchObject({
    response_format: { type: 'json_schema' },
    max_tokens: 12_000,
    stream_options: { include_usage: true },
  });
});

test('a refused name of the limit is refused for every model', async () => {
  const { body } = await sent(vendorOf({ omit: ['max_completion_tokens'] }), 'gpt-6-sol');
  expect(body).toHaveProperty('max_tokens');
  expect(body).not.toHaveProperty('max_completion_tokens');
});

test.each([
  [
    'responses',
    (body: Readonly<Record<string, unknown>>) => body['text'],
    { format: { type: 'json_object' } },
  ],
  ['anthropic', (body: Readonly<Record<string, unknown>>) => body['output_config'], undefined],
] as const)('the weaker mode is that of the format %s', (format, of, expected) => {
  const vendor = vendorOf({ format, structured: 'json_object' });
  const [weaker, call] = onTerms(vendor, PLAN, vendor.terms ?? { omit: [] });
  expect(of(JSON.parse(buildRequest(weaker, 'm', call).body))).toEqual(expected);
});

test('private hosts are waited for while they load a model, others are not; a setting counts more', () => {
  expect(limitsFor(vendorOf({}), DEFAULT_LIMITS)).toMatchObject({ firstByteMs: 540_000, idleMs: 300_000 });
  expect(limitsFor(vendorOf({ baseUrl: 'http://localhost:11434/v1' }), DEFAULT_LIMITS).firstByteMs).toBe(
    540_000,
  );
  const far = { baseUrl: 'https://gateway.example/v1' };
  expect(limitsFor(vendorOf(far), DEFAULT_LIMITS)).toEqual(DEFAULT_LIMITS);
  expect(limitsFor(vendorOf({ ...far, firstByteMs: 90_000, idleMs: 7000 }), DEFAULT_LIMITS)).toMatchObject({
    firstByteMs: 90_000,
    idleMs: 7000,
  });
  expect(limitsFor(vendorOf({ firstByteMs: 5000 }), DEFAULT_LIMITS).firstByteMs).toBe(5000);
});

it('asks for no more than the model holds beside the prompt, by the price data', async () => {
  const long = { ...PLAN, user: 'x'.repeat(8000) };
  const { body } = await sent({ ...OPENAI, headers: {} }, 'gpt-4', long);
  // 8,192 in all, of which the prompt is about 2,000.
  expect(body['max_completion_tokens']).toBeGreaterThan(5000);
  expect(body['max_completion_tokens']).toBeLessThan(6200);
  await agent?.destroy();
  await server?.stop();
  expect((await sent(OPENAI, 'gpt-6-sol', long)).body['max_completion_tokens']).toBe(12_000);
});

const given = (more: unknown): string =>
  JSON.stringify([
    { id: 'lab', name: 'Lab', format: 'openai', baseUrl: 'https://lab.example', ...(more as object) },
  ]); // as: a row of the table

test.each([
  [{ structured: 'xml' }, '0.structured: give json_schema, json_object or prompt'],
  [{ maxTokens: 12 }, '0.maxTokens: give a whole number from 256'],
  [{ maxTokens: 4096.5 }, '0.maxTokens: give a whole number'],
  [{ omit: ['messages'] }, 'give some of stream_options'],
  [{ omit: ['max_tokens', 'max_completion_tokens'] }, 'of the last two one at the most'],
  [{ firstByteMs: -1 }, '0.firstByteMs: give a whole number from 100'],
  [{ idleMs: '5' }, '0.idleMs: give a whole number from 100'],
  [{ headers: { Authorization: 'Bearer x' } }, '0.headers: give at most 20 headers'],
  [{ headers: { 'X-Api-Key': 'x' } }, '0.headers'],
  [{ headers: { 'content-length': '1' } }, '0.headers'],
  [{ headers: { 'x-a': 'one\r\nhost: evil' } }, '0.headers'],
  [{ headers: { 'x a': 'one' } }, '0.headers'],
  [{ headers: { 'x-a': '' } }, '0.headers'],
  [{ headers: { 'x-a': 7 } }, '0.headers'],
  [{ headers: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`x-${i}`, 'v'])) }, '0.headers'],
])('%j is refused with its repair', (more, said) => {
  expect(() => readConfig({ PROVIDER_ENDPOINTS: given(more) })).toThrow(said);
  expect(() => readConfig({ PROVIDER_ENDPOINTS: given(more) })).not.toThrow(
    /Invalid|expected|Too |Unrecognized/,
  );
});
