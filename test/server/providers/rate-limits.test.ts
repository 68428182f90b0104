import { afterEach, describe, expect, it } from 'vitest';
import { agent, live, PLAN, run, server, watch } from './ask-at.ts';
import {
  chunk,
  DONE,
  END,
  FINISH,
  hostileServer,
  reply,
  STREAM_HEAD,
  says,
  USAGE,
  WHOLE,
} from './hostile-server.ts';

afterEach(async () => {
  await agent.destroy();
  await server.stop();
});

const limited = (headers: Record<string, string>) =>
  reply(429, { 'content-type': 'application/json', ...headers }, '{"error":{"code":"rate_limit_exceeded"}}');

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
