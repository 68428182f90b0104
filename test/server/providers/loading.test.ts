import { Agent } from 'undici';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { createAsk } from '../../../server/providers/calls/create-ask.ts';
import { systemClock } from '../../../server/providers/clock.ts';
import { RateLimiter } from '../../../server/providers/rate-limiter.ts';
import { createEventQueue } from '../../../shared/compose/calls/event-queue.ts';
import { createRunCalls } from '../../../shared/compose/calls/run-calls.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { OLLAMA } from '../../../shared/providers/vendors/ollama.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { CALL } from './call.ts';
import { handClock } from './hand-clock.ts';
import { chunk, DONE, END, FINISH, hostileServer, STREAM_HEAD, says, USAGE } from './hostile-server.ts';

const NO_USAGE = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };

/** What the user is told of a server that is silent for so long before its head. */
async function toldOf(vendor: Vendor, silentMs: number): Promise<readonly number[]> {
  const clock = handClock();
  const told: number[] = [];
  const server = await hostileServer((socket) => {
    clock.pass(silentMs);
    socket.write(STREAM_HEAD);
    socket.write(Buffer.concat([chunk(says('Hello') + FINISH + USAGE + DONE), Buffer.from(END)]));
  });
  const agent = new Agent();
  const ask = createAsk({
    upstream: { vendor, origin: server.origin, dispatcher: agent, authorization: undefined },
    model: 'm',
    limits: DEFAULT_LIMITS,
    now: () => performance.now(),
    startedAt: performance.now(),
    sleep: clock.after,
    price: () => 0,
  });
  const watch = {
    text: () => undefined,
    waiting: () => undefined,
    loading: (seconds: number) => void told.push(seconds),
  };
  expect(await ask(CALL, watch, new AbortController().signal)).toMatchObject({ kind: 'answer' });
  await agent.destroy();
  await server.stop();
  return told;
}

it('tells that a local server may be loading, with the patience that is left, and when it is over', async () => {
  expect(await toldOf(OLLAMA, 65_000)).toEqual([536, 0]);
  expect(await toldOf({ ...OLLAMA, limits: { firstByteMs: 90_000 } }, 65_000)).toEqual([86, 0]);
});

it('says nothing of one that answers soon, nor of a cloud', async () => {
  expect(await toldOf(OLLAMA, 1000)).toEqual([]);
  expect(await toldOf(OPENAI, 30_000)).toEqual([]);
});

it('is told in the events of the run', async () => {
  const queue = createEventQueue();
  const calls = createRunCalls(
    async (_, watch) => {
      watch.loading?.(536);
      watch.loading?.(0);
      return { kind: 'stopped', text: '', usage: NO_USAGE, startedMs: 0, ms: 1 };
    },
    queue,
    {},
    { estimateUsd: () => 0 },
  );
  await calls.make(CALL);
  const states = queue.take().flatMap((one) => (one.event === 'call' ? [one.data] : []));
  expect(states.map(({ state, loadingSeconds }) => [state, loadingSeconds])).toEqual([
    ['start', undefined],
    ['start', 536],
    ['start', undefined],
    ['failed', undefined],
  ]);
});

it('shows a run that is left no time none of the words that another run of its line was told', async () => {
  const limiter = new RateLimiter(systemClock);
  const place = {
    signal: new AbortController().signal,
    until: Number.POSITIVE_INFINITY,
    onWait: () => undefined,
  };
  const first = await limiter.turn(limiter.place(), place);
  const refusal = {
    code: 'rate_limited',
    message: 'Its rate limit is reached.',
    said: 'for tenant Blue',
  } as const;
  if (first.kind === 'turn') first.turn.limited(600_000, refusal);
  const agent = new Agent();
  const ask = createAsk({
    upstream: {
      vendor: OLLAMA,
      origin: 'http://127.0.0.1:9',
      dispatcher: agent,
      authorization: undefined,
      limiter: () => limiter,
    },
    model: 'm',
    limits: { ...DEFAULT_LIMITS, runMs: 60_000 },
    now: () => performance.now(),
    startedAt: performance.now(),
    price: () => 0,
  });
  const answer = await ask(CALL, { text: () => undefined, waiting: () => undefined }, place.signal);
  expect(answer).toMatchObject({ kind: 'failure', failure: { message: 'Its rate limit is reached.' } });
  expect(JSON.stringify(answer)).not.toContain('Blue');
  await agent.destroy();
});
