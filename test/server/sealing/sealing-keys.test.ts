import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test, vi } from 'vitest';
import {
  createSealingKeys,
  SEALING_PERIOD_MS,
  type SealingKeys,
} from '../../../server/sealing/sealing-keys.ts';

function clock(start = 1_800_000_000_000): { now: () => number; pass: (ms: number) => void } {
  let time = start;
  return {
    now: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
}

test('a key is offered for one period, accepted for a second, and then gone', async () => {
  const { now, pass } = clock();
  const keys = createSealingKeys({ now });
  const { id } = await keys.current();
  pass(SEALING_PERIOD_MS - 1);
  expect((await keys.current()).id).toBe(id);
  pass(1);
  expect((await keys.current()).id).not.toBe(id);
  expect(await keys.pairOf(id)).toBeDefined();
  pass(SEALING_PERIOD_MS - 1);
  expect(await keys.pairOf(id)).toBeDefined();
  pass(1);
  expect(await keys.pairOf(id)).toBeUndefined();
});

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
afterEach(() => void vi.useRealTimers());

/** On its own: the frame of a test would hold what it looked at. */
async function privateKeyOf(keys: SealingKeys): Promise<WeakRef<object>> {
  const pair = await keys.pairOf((await keys.current()).id);
  if (!pair) throw new Error('a fresh key must be accepted');
  return new WeakRef(pair);
}

test.each([
  ['nobody asks any more', () => void vi.advanceTimersByTime(2 * SEALING_PERIOD_MS)],
  [
    'the machine slept, and is asked again',
    (pass: () => void, keys: SealingKeys) => {
      pass();
      return keys.current();
    },
  ],
])('a key is out of memory when its time is over and %s', async (_, end) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { now, pass } = clock();
  const keys = createSealingKeys({ now });
  const key = await privateKeyOf(keys);
  const look = async (): Promise<object | undefined> => {
    await new Promise((turn) => setImmediate(turn));
    collectGarbage();
    return key.deref();
  };
  expect(await look()).toBeDefined();
  await new Promise((turn) => setImmediate(turn));
  await end(() => pass(2 * SEALING_PERIOD_MS), keys);
  expect(await look()).toBeUndefined();
  expect(await keys.current()).toBeDefined();
});

test('a lone process has keys that no other process has', async () => {
  const { now } = clock();
  const [a, b] = [createSealingKeys({ now }), createSealingKeys({ now })];
  expect((await a.current()).publicKey).not.toBe((await b.current()).publicKey);
  expect(a.server).not.toBe(b.server);
  expect(await b.pairOf((await a.current()).id)).toBeUndefined();
});

test('processes with one secret have the same keys, also when their clocks are a little apart', async () => {
  const secret = 's'.repeat(32);
  const first = clock(SEALING_PERIOD_MS * 1000 + 10);
  const second = clock(SEALING_PERIOD_MS * 1000 - 10);
  const [a, b] = [
    createSealingKeys({ secret, now: first.now }),
    createSealingKeys({ secret, now: second.now }),
  ];
  expect(a.server).toBe(b.server);
  expect(await b.pairOf((await a.current()).id)).toBeDefined();
  expect(await a.pairOf((await b.current()).id)).toBeDefined();
});

test('another secret gives other keys', async () => {
  const { now } = clock();
  const a = createSealingKeys({ secret: 'a'.repeat(32), now });
  const b = createSealingKeys({ secret: 'b'.repeat(32), now });
  expect(a.server).not.toBe(b.server);
  expect(await b.pairOf((await a.current()).id)).toBeUndefined();
});
