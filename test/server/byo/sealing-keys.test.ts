import { expect, test } from 'vitest';
import { createSealingKeys, SEALING_PERIOD_MS } from '../../../server/byo/sealing-keys.ts';

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
  const [a, b] = [createSealingKeys({ secret, now: first.now }), createSealingKeys({ secret, now: second.now })];
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
