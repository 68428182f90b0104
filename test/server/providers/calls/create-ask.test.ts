import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../server/providers/call-limits.ts';
import { createAsk } from '../../../../server/providers/calls/create-ask.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { agent, live, PLAN, run, server, watch } from '../ask-at.ts';
import { chunk, DONE, END, FINISH, reply, STREAM_HEAD, says, WHOLE } from '../hostile-server.ts';

afterEach(async () => {
  await agent.destroy();
  await server.stop();
});

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
