import { afterEach, expect, it } from 'vitest';
import { LineBudget } from '../../../server/providers/line-budget.ts';
import { callTo } from './call.ts';
import { handClock } from './hand-clock.ts';
import {
  chunk,
  DONE,
  END,
  FINISH,
  type HostileServer,
  hostileServer,
  STREAM_HEAD,
  says,
  USAGE,
  WHOLE,
  writes,
} from './hostile-server.ts';

let server: HostileServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function serve(answer: Parameters<typeof hostileServer>[0]): Promise<string> {
  server = await hostileServer(answer);
  return server.origin;
}

/** A stream's head, then that without end, as fast as it is taken. */
const flood = (bytes: Buffer) =>
  serve((socket) => {
    socket.write(STREAM_HEAD);
    const pour = (): void => {
      while (!socket.destroyed && socket.write(bytes));
      socket.once('drain', pour);
    };
    pour();
  });

it.each([
  ['line feeds', '\n'.repeat(10_000)],
  ['carriage returns', '\r'.repeat(10_000)],
  ['comments of nothing', ':\n'.repeat(5000)],
  ['events of nothing', 'data:0\n\n'.repeat(2500)],
])('cuts off %s before a second is spent on them, by their number and not their bytes', async (_, text) => {
  const origin = await flood(chunk(text));
  let read = 0;
  const cleaner = () => (bytes: Buffer) => {
    read += bytes.length;
    return bytes;
  };
  // The clock stands: what comes, comes at once.
  const result = await callTo(origin, { clock: handClock(), upstream: { cleaner } });
  expect(result).toMatchObject({ kind: 'failure', failure: { reason: 'response_too_large' } });
  expect(read).toBeLessThan(1_000_000);
  await server?.closed(1);
});

it('takes a long answer that a proxy held back and sends at once', async () => {
  const deltas = 20_000;
  const origin = await serve(
    writes(STREAM_HEAD, chunk(says('x').repeat(deltas)), chunk(FINISH + USAGE + DONE), END),
  );
  const result = await callTo(origin, { clock: handClock() });
  expect(result).toMatchObject({ kind: 'answer' });
  expect(result.text).toHaveLength(deltas);
});

it('counts by the second, and in all', () => {
  const clock = handClock();
  const budget = new LineBudget(clock.now);
  expect(budget.take(100_000)).toBe(true);
  expect(budget.take(1)).toBe(false);
  clock.pass(1000);
  expect(budget.take(19_000)).toBe(true);
  const slow = new LineBudget(clock.now);
  let taken = 0;
  while (slow.take(1000)) {
    taken += 1000;
    clock.pass(60_000);
  }
  expect(taken).toBe(500_000);
});

const HINTS = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n';

it('reads over a few heads before the head, and cuts off a storm of them', async () => {
  expect(await callTo(await serve(writes(HINTS.repeat(3) + WHOLE)))).toMatchObject({ kind: 'answer' });
  await server?.stop();
  const storm = await callTo(await serve(writes(HINTS.repeat(100) + WHOLE)));
  expect(storm).toMatchObject({ kind: 'failure', failure: { reason: 'not_a_stream' } });
});

it('gives others a turn when reading has taken long enough, and loses nothing by it', async () => {
  const pieces = ['a', 'b', 'c', 'd', 'e', 'f'];
  // All in one read of the socket.
  const origin = await serve(
    writes(
      Buffer.concat([
        Buffer.from(STREAM_HEAD),
        ...pieces.map((one) => chunk(says(one))),
        chunk(FINISH + USAGE + DONE),
        Buffer.from(END),
      ]),
    ),
  );
  const clock = handClock();
  const log: string[] = [];
  let watching = true;
  const watch = (): void => {
    log.push('turn');
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  const cleaner = () => (bytes: Buffer) => {
    if (bytes.length > 0) log.push('read');
    clock.pass(bytes.length > 0 ? 10 : 0);
    return bytes;
  };
  const result = await callTo(origin, { clock, upstream: { cleaner } });
  watching = false;
  expect(result).toMatchObject({ kind: 'answer', text: 'abcdef' });
  const reads = log.join(' ').match(/read(?: read)*/g) ?? [];
  // Heads are cleaned too, before any of the body.
  expect(reads.filter((run) => run.length > 'read'.length).length).toBeLessThanOrEqual(1);
  expect(reads.length).toBeGreaterThanOrEqual(pieces.length);
});
