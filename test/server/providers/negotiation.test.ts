import { Agent } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { type AskOptions, createAsk } from '../../../server/providers/calls/create-ask.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { CALL } from './call.ts';
import { type HostileServer, hostileServer, reply, WHOLE } from './hostile-server.ts';

let server: HostileServer;
let agent: Agent;
afterEach(async () => {
  await agent.destroy();
  await server.stop();
});

type Body = Readonly<Record<string, unknown>>;
const LAB = endpointToVendor({ id: 'lab', name: 'Lab', format: 'openai', baseUrl: 'http://127.0.0.1:1/v1' });
const PLAN = { ...CALL, maxOutputTokens: 12_000, schema: { name: 'plan', json: { type: 'object' } } };

const WATCH = { text: () => undefined, waiting: () => undefined };

const optionsOf = (vendor: Vendor): AskOptions => ({
  upstream: { vendor, origin: server.origin, dispatcher: agent, authorization: undefined },
  model: 'some-model',
  limits: { ...DEFAULT_LIMITS, runMs: 60_000 },
  now: () => performance.now(),
  startedAt: performance.now(),
  price: () => null,
});

/** A server that refuses until it likes the body, and the bodies that it got for two calls. */
async function ask(refuse: (body: Body) => readonly [number, unknown] | undefined, vendor: Vendor = LAB) {
  server = await hostileServer((socket, request) => {
    const refused = refuse(JSON.parse(request.body));
    socket.write(refused ? reply(refused[0], {}, JSON.stringify(refused[1])) : WHOLE);
  });
  agent = new Agent();
  const asked = createAsk(optionsOf(vendor));
  const first = await asked(PLAN, WATCH, new AbortController().signal);
  const before = server.requests.length;
  if (first.kind === 'answer') await asked(PLAN, WATCH, new AbortController().signal);
  const after = server.requests.length;
  const bodies = server.requests.map(({ body }): Body => JSON.parse(body));
  return { first, bodies, again: after - before };
}

const mode = (body: Body): unknown => (body['response_format'] as Body | undefined)?.['type']; // as: what we sent
const error = (message: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code: null },
});

it.each(['This response_format type is unavailable now', 'Bad Request'])(
  'asks in the next weaker mode when json_schema is refused: %s',
  async (message) => {
    const { first, bodies, again } = await ask((body) =>
      mode(body) === 'json_schema' ? [400, error(message)] : undefined,
    );
    expect(first.kind).toBe('answer');
    expect(bodies.map(mode)).toEqual(['json_schema', 'json_object', 'json_object']);
    // Learned: the second call is taken at once.
    expect(again).toBe(1);
  },
);

it('asks by the prompt alone when no mode is taken', async () => {
  const { first, bodies } = await ask((body) =>
    mode(body) ? [400, error("'response_format' is not supported")] : undefined,
  );
  expect(first.kind).toBe('answer');
  expect(bodies.map(mode)).toEqual(['json_schema', 'json_object', undefined, undefined]);
  expect(JSON.stringify(bodies[2])).toContain('JSON Schema');
});

it.each(['stream_options', 'store', 'max_completion_tokens'])(
  'asks without %s when it is forbidden',
  async (field) => {
    const detail = [{ type: 'extra_forbidden', loc: ['body', field], msg: 'Extra inputs are not permitted' }];
    const { first, bodies, again } = await ask(
      (body) => (field in body ? [422, { detail }] : undefined),
      OPENAI,
    );
    expect(first.kind).toBe('answer');
    expect(bodies.map((body) => field in body)).toEqual([true, false, false]);
    expect(again).toBe(1);
  },
);

it.each([
  ['must be less than or equal to `8192`', 'max_tokens must be less than or equal to `8192`', 8192],
  ['no number', 'max_tokens is too large', 6000],
])('asks for the output that the model allows: %s', async (_, message, allowed) => {
  const { first, bodies } = await ask((body) =>
    Number(body['max_tokens']) > allowed ? [400, error(message)] : undefined,
  );
  expect(first.kind).toBe('answer');
  expect(bodies.map((body) => body['max_tokens'])).toEqual([12_000, allowed, allowed]);
});

const minute = (prompt: number) => (body: Body) => {
  const requested = prompt + Number(body['max_tokens']);
  const message = `Request too large for model on tokens per minute (TPM): Limit 8000, Requested ${requested}, please reduce your message size`;
  return requested > 8000 ? ([413, error(message)] as const) : undefined;
};

it('fits the output to the allowance of a minute, and stays within it', async () => {
  const { first, bodies, again } = await ask(minute(3000));
  expect(first.kind).toBe('answer');
  expect(bodies.slice(0, 2).map((body) => body['max_tokens'])).toEqual([12_000, 5000]);
  expect(bodies.at(-1)?.['max_tokens']).toBeLessThan(8000);
  expect(again).toBeLessThanOrEqual(2);
});

it('learns of a minute’s allowance for the run alone: another key has another plan', async () => {
  await ask(minute(3000));
  const other = createAsk(optionsOf(LAB));
  const { length } = server.requests;
  await other(PLAN, WATCH, new AbortController().signal);
  const body: Body = JSON.parse(server.requests[length]?.body ?? '');
  expect(body['max_tokens']).toBe(12_000);
});

it('says that the minute is too small when no output would be left', async () => {
  const { first, bodies } = await ask(minute(7500));
  expect(first).toMatchObject({
    failure: { reason: 'minute_limit', message: expect.stringContaining('minute') },
  });
  expect(bodies).toHaveLength(1);
});

it('does not ask for less when the answer had no room', async () => {
  const message =
    'Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.';
  const { first, bodies } = await ask(() => [400, error(message)]);
  expect(first).toMatchObject({ failure: { reason: 'output_limit' } });
  expect(bodies).toHaveLength(1);
});

it('fails with the limit when what the model may write is too little', async () => {
  const { first } = await ask(() => [400, error('max_tokens must be less than or equal to 200')]);
  expect(first).toMatchObject({ failure: { reason: 'output_limit' } });
});

it('ends when everything is refused, and asks again for no key, no credit and no answer', async () => {
  const { bodies } = await ask(() => [400, error('Bad Request')], OPENAI);
  expect(bodies.length).toBeLessThanOrEqual(6);
  await agent.destroy();
  await server.stop();
  const other = await ask(() => [401, error('no')]);
  expect(other.bodies).toHaveLength(1);
});
