import { Agent } from 'undici';
import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { createAsk } from '../../../server/providers/calls/create-ask.ts';
import { createEventQueue } from '../../../shared/compose/calls/event-queue.ts';
import { createRunCalls } from '../../../shared/compose/calls/run-calls.ts';
import { parseEvent } from '../../../shared/contract/events.ts';
import { OPENROUTER } from '../../../shared/providers/vendors/openrouter.ts';
import { CALL } from './call.ts';
import { chunk, DONE, END, FINISH, hostileServer, STREAM_HEAD, says, USAGE } from './hostile-server.ts';

const thinks = (chars: number) =>
  chunk(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { reasoning: 'h'.repeat(chars) } }] })}\n\n`);

it('tells how much a model thinks, now and then, and never what', async () => {
  const server = await hostileServer((socket) => {
    socket.write(STREAM_HEAD);
    for (const chars of [40, 40, 400, 4000]) socket.write(thinks(chars));
    socket.write(Buffer.concat([chunk(says('Hello') + FINISH + USAGE + DONE), Buffer.from(END)]));
  });
  const agent = new Agent();
  const told: number[] = [];
  const ask = createAsk({
    upstream: { vendor: OPENROUTER, origin: server.origin, dispatcher: agent, authorization: undefined },
    model: 'm',
    limits: DEFAULT_LIMITS,
    now: () => performance.now(),
    startedAt: performance.now(),
    price: () => 0,
  });
  const watch = {
    text: () => undefined,
    waiting: () => undefined,
    thinking: (chars: number) => void told.push(chars),
  };
  const answer = await ask(CALL, watch, new AbortController().signal);
  expect(answer).toMatchObject({ kind: 'answer', text: 'Hello' });
  expect(told.at(-1)).toBe(4480);
  await agent.destroy();
  await server.stop();
});

it('is an event of the run, of tokens, at most every hundred', async () => {
  const queue = createEventQueue();
  const calls = createRunCalls(
    async (_, watch) => {
      for (const chars of [4, 8, 300, 403, 404, 405, 5000]) watch.thinking?.(chars);
      return {
        kind: 'answer',
        text: 'Hello',
        finish: 'stop',
        usage: { inputTokens: 1, outputTokens: 1, costUsd: 0, estimated: false },
        startedMs: 0,
        ms: 1,
      };
    },
    queue,
    {},
    { estimateUsd: () => 0 },
  );
  await calls.make(CALL);
  const thoughts = queue.take().filter(({ event }) => event === 'thinking');
  expect(thoughts.map(({ data }) => data)).toEqual(
    [1, 101, 1250].map((tokens) => ({ call: 'classify', tokens })),
  );
  expect(parseEvent('thinking', JSON.stringify(thoughts[0]?.data))).toEqual(thoughts[0]);
});
