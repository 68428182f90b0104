import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { type AskOptions, type CallRecord, createAsk } from '../../../server/providers/create-ask.ts';
import type { ModelCall } from '../../../shared/compose/ask.ts';
import { vendorById } from '../../../shared/providers/catalogue.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { CALL } from './call.ts';
import {
  chunk,
  DONE,
  END,
  FINISH,
  type HostileServer,
  hostileServer,
  reply,
  STREAM_HEAD,
  says,
  USAGE,
  WHOLE,
} from './hostile-server.ts';

const PLAN: ModelCall = {
  ...CALL,
  id: 'draft-i1-1',
  phase: 'drafting',
  item: 'i1',
  system: 'x'.repeat(400),
  user: 'y'.repeat(400),
};

let server: HostileServer;
let agent: Agent;
afterEach(async () => {
  await agent.destroy();
  await server.stop();
});

interface Run {
  readonly ask: ReturnType<typeof createAsk>;
  readonly records: CallRecord[];
  readonly heads: boolean[];
  readonly waits: number[];
  /** What the clock was asked to wait for, ms. */
  readonly slept: number[];
}

/** An ask whose waits pass at once, or with `slow` never. */
async function run(
  answer: Parameters<typeof hostileServer>[0],
  { slow = false, ...more }: Partial<AskOptions> & { readonly slow?: boolean } = {},
): Promise<Run> {
  server = await hostileServer(answer);
  agent = new Agent();
  const records: CallRecord[] = [];
  const heads: boolean[] = [];
  const slept: number[] = [];
  const ask = createAsk({
    upstream: { vendor: OPENAI, origin: server.origin, dispatcher: agent, authorization: undefined },
    model: 'gpt-6-sol',
    limits: { ...DEFAULT_LIMITS, runMs: 60_000 },
    now: () => performance.now(),
    startedAt: performance.now() - 100,
    price: ({ inputTokens, outputTokens }) => inputTokens * 2 + outputTokens * 3,
    sleep: (ms, callback) => {
      slept.push(ms);
      const timer = slow ? undefined : setImmediate(callback);
      return () => clearImmediate(timer);
    },
    onHead: (ok) => void heads.push(ok),
    onCall: (record) => void records.push(record),
    ...more,
  });
  return { ask, records, heads, slept, waits: [] };
}

const watch = (one: Run, text: (delta: string) => void = () => undefined) => ({
  text,
  waiting: (seconds: number) => void one.waits.push(seconds),
});
const live = () => new AbortController().signal;
const limited = (headers: Record<string, string>) =>
  reply(429, { 'content-type': 'application/json', ...headers }, '{"error":{"code":"rate_limit_exceeded"}}');

describe('an ask', () => {
  it('does not count what the run waited for its user', async () => {
    const late = { startedAt: performance.now() - 170_000 };
    const spent = await run((socket) => socket.write(WHOLE), late);
    expect(await spent.ask(PLAN, watch(spent), live())).toMatchObject({ kind: 'failure' });
    await server.stop();
    const waited = await run((socket) => socket.write(WHOLE), { ...late, waitedMs: () => 165_000 });
    expect(await waited.ask(PLAN, watch(waited), live())).toMatchObject({ kind: 'answer', text: 'Hello' });
  });

  it('answers with text, priced usage and times, and reports the request', async () => {
    const one = await run((socket) => socket.write(WHOLE));
    const deltas: string[] = [];
    const answer = await one.ask(
      PLAN,
      watch(one, (delta) => void deltas.push(delta)),
      live(),
    );
    expect(answer).toMatchObject({
      kind: 'answer',
      text: 'Hello',
      finish: 'stop',
      usage: { inputTokens: 100, outputTokens: 20, costUsd: 260, estimated: false },
    });
    expect(answer.startedMs).toBeGreaterThan(100);
    expect(answer.ms).toBeGreaterThan(0);
    expect(deltas).toEqual(['Hel', 'lo']);
    expect(one.heads).toEqual([true]);
    expect(one.records).toEqual([
      {
        phase: 'drafting',
        item: 'i1',
        status: 200,
        requestId: 'chatcmpl-7',
        model: 'some-model',
        ms: expect.any(Number),
      },
    ]);
  });

  it('estimates from the characters, and says so, when no usage came', async () => {
    const one = await run((socket) =>
      socket.write(STREAM_HEAD + chunk(says('z'.repeat(40)) + FINISH + DONE).toString() + END),
    );
    expect((await one.ask(PLAN, watch(one), live())).usage).toEqual({
      inputTokens: 200,
      outputTokens: 10,
      costUsd: 430,
      estimated: true,
    });
  });

  it('has no cost where no price is known, rather than 0', async () => {
    const one = await run((socket) => socket.write(WHOLE), { price: () => null });
    expect((await one.ask(PLAN, watch(one), live())).usage.costUsd).toBeNull();
  });

  it('gives the price the usage with its cache, and the model that answered', async () => {
    const asked: unknown[] = [];
    const one = await run((socket) => socket.write(WHOLE), { price: (...given) => asked.push(given) });
    await one.ask(PLAN, watch(one), live());
    expect(asked).toEqual([
      [{ inputTokens: 100, outputTokens: 20, cachedTokens: 0, cacheWriteTokens: 0 }, 'some-model'],
    ]);
  });

  it('estimates what a stopped answer has cost until then', async () => {
    const controller = new AbortController();
    const one = await run((socket) => socket.write(STREAM_HEAD + chunk(says('z'.repeat(40))).toString()));
    const answer = await one.ask(
      PLAN,
      watch(one, () => controller.abort()),
      controller.signal,
    );
    expect(answer).toMatchObject({
      kind: 'stopped',
      text: 'z'.repeat(40),
      usage: { inputTokens: 200, outputTokens: 10, estimated: true },
    });
    expect(one.records).toHaveLength(1);
  });

  it('takes Anthropic’s own count of the input for an answer that broke off', async () => {
    const start =
      'event: message_start\ndata: {"type":"message_start","message":{"id":"msg_1","model":"m","usage":{"input_tokens":77,"output_tokens":1}}}\n\n';
    server = await hostileServer(() => undefined);
    await server.stop();
    const one = await run((socket) => {
      socket.write(STREAM_HEAD + chunk(start).toString());
      socket.end();
    });
    const anthropic = vendorById('anthropic');
    if (!anthropic) throw new Error('no anthropic');
    const ask = createAsk({
      upstream: { vendor: anthropic, origin: server.origin, dispatcher: agent, authorization: undefined },
      model: 'claude-opus-5-5',
      limits: DEFAULT_LIMITS,
      now: () => performance.now(),
      startedAt: performance.now(),
      price: () => 1,
    });
    expect(await ask(PLAN, watch(one), live())).toMatchObject({
      kind: 'failure',
      failure: { reason: 'truncated' },
      usage: { inputTokens: 77, outputTokens: 0, estimated: true },
    });
  });

  it('costs nothing when it was refused, or never sent', async () => {
    const one = await run((socket) =>
      socket.write(
        reply(401, { 'content-type': 'application/json' }, '{"error":{"code":"invalid_api_key"}}'),
      ),
    );
    const refused = await one.ask(PLAN, watch(one), live());
    expect(refused).toMatchObject({
      kind: 'failure',
      failure: { code: 'key_rejected' },
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false },
    });
    expect(one.heads).toEqual([false]);
    const stopped = await one.ask(PLAN, watch(one), AbortSignal.abort());
    expect(stopped).toMatchObject({ kind: 'stopped', usage: { inputTokens: 0, costUsd: 0 } });
    expect(one.records).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });
});

describe('a rate limit', () => {
  it('is waited out, visibly, and reported as the two requests that it took', async () => {
    const one = await run((socket, _, count) =>
      socket.write(count === 1 ? limited({ 'retry-after': '7', 'x-request-id': 'req_1' }) : WHOLE),
    );
    expect(await one.ask(PLAN, watch(one), live())).toMatchObject({
      kind: 'answer',
      text: 'Hello',
      usage: { inputTokens: 100 },
    });
    expect(one.waits).toEqual([7, 0]);
    expect(one.slept).toEqual([expect.closeTo(7000, -1)]);
    expect(one.records.map(({ status, requestId }) => [status, requestId])).toEqual([
      [429, 'req_1'],
      [200, 'chatcmpl-7'],
    ]);
    expect(one.heads).toEqual([true, true]);
  });

  it('of an overloaded Anthropic is waited out too', async () => {
    const one = await run((socket, _, count) =>
      socket.write(
        count === 1 ? reply(529, { 'retry-after': '2' }, '{"error":{"type":"overloaded_error"}}') : WHOLE,
      ),
    );
    expect((await one.ask(PLAN, watch(one), live())).kind).toBe('answer');
    expect(one.waits).toEqual([2, 0]);
  });

  it.each([
    ['without a time', {}],
    ['with a negative one', { 'retry-after': '-3' }],
    ['with an absurd one', { 'retry-after': '1000000000' }],
    ['that does not fit into the run', { 'retry-after': '58' }],
  ])('%s is a failure at once, after one request', async (_, headers) => {
    const one = await run((socket) => socket.write(limited(headers)));
    expect(await one.ask(PLAN, watch(one), live())).toMatchObject({
      kind: 'failure',
      failure: { code: 'rate_limited' },
    });
    expect(server.requests).toHaveLength(1);
    expect(one.waits).toEqual([]);
    expect(one.heads).toEqual([false]);
  });

  it('that comes again and again is waited out twice and no more', async () => {
    const one = await run((socket) => socket.write(limited({ 'retry-after': '1' })));
    expect(await one.ask(PLAN, watch(one), live())).toMatchObject({
      kind: 'failure',
      failure: { code: 'rate_limited', retryAfterSeconds: 1 },
    });
    expect(server.requests).toHaveLength(3);
    expect(one.waits).toEqual([1, 0, 1, 0]);
  });

  it('ends at once when the run is stopped in the wait', async () => {
    const controller = new AbortController();
    const one = await run((socket) => socket.write(limited({ 'retry-after': '30' })), { slow: true });
    const answer = one.ask(
      PLAN,
      { text: () => undefined, waiting: () => controller.abort() },
      controller.signal,
    );
    expect(await answer).toMatchObject({ kind: 'stopped', text: '', usage: { inputTokens: 0, costUsd: 0 } });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['500', reply(500, { 'retry-after': '1' }, '{"error":{}}')],
    ['503', reply(503, { 'retry-after': '1' }, '{"error":{}}')],
    ['408', reply(408, { 'retry-after': '1' }, '{"error":{}}')],
    ['409', reply(409, { 'retry-after': '1' }, '{"error":{}}')],
    [
      'a rate limit inside a stream',
      Buffer.from(STREAM_HEAD + chunk('data: {"error":{"code":"rate_limit_exceeded"}}\n\n').toString() + END),
    ],
    ['no credit', reply(429, { 'retry-after': '1' }, '{"error":{"code":"insufficient_quota"}}')],
  ])('%s is never asked again', async (_, bytes) => {
    const one = await run((socket) => socket.write(bytes));
    expect((await one.ask(PLAN, watch(one), live())).kind).toBe('failure');
    expect(server.requests).toHaveLength(1);
    expect(one.waits).toEqual([]);
  });

  it('a reset after the request is never asked again', async () => {
    const one = await run((socket) => socket.destroy());
    expect(await one.ask(PLAN, watch(one), live())).toMatchObject({
      kind: 'failure',
      usage: { estimated: true, inputTokens: 200 },
    });
    expect(server.requests).toHaveLength(1);
  });

  it('a failure goes to no other provider and no other credential', async () => {
    const other = await hostileServer((socket) => socket.write(WHOLE));
    const one = await run((socket) => socket.write(reply(500, {}, '{"error":{}}')));
    expect((await one.ask(PLAN, watch(one), live())).kind).toBe('failure');
    expect(other.requests).toHaveLength(0);
    await other.stop();
  });
});

describe('calls at once', () => {
  it('go out together and are told apart', async () => {
    const one = await run((socket, request) => {
      const { messages } = JSON.parse(request.body) as { messages: { content: string }[] }; // as: what we sent
      socket.write(
        STREAM_HEAD + chunk(says(`re: ${messages[1]?.content}`) + FINISH + USAGE + DONE).toString() + END,
      );
    });
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map((user) => one.ask({ ...PLAN, user }, watch(one), live())),
    );
    expect(answers.map((answer) => answer.text)).toEqual(['re: a', 're: b', 're: c', 're: d']);
  });
});
