import { expect, test } from 'vitest';
import { type SettleClock, settle } from './settle.ts';

/** Time passes where somebody waits. */
function handClock(): SettleClock & { readonly passed: () => number } {
  let at = 0;
  return {
    now: () => at,
    wait: async (ms) => {
      at += ms;
    },
    passed: () => at,
  };
}

test('waits as long as some still end, and leaves none of those', async () => {
  const clock = handClock();
  // one every four seconds, as on a machine that has other things to do
  const count = async (): Promise<number> => Math.max(0, 262 - Math.floor(clock.passed() / 4000));
  expect(await settle(count, clock)).toBe(0);
  expect(clock.passed()).toBeGreaterThanOrEqual(262 * 4000);
});

test('counts what does not end', async () => {
  const clock = handClock();
  expect(await settle(async () => Math.max(25, 40 - Math.floor(clock.passed() / 100)), clock)).toBe(25);
});

test('waits for nothing where nothing is open', async () => {
  const clock = handClock();
  expect(await settle(async () => 0, clock)).toBe(0);
  expect(clock.passed()).toBe(0);
});
