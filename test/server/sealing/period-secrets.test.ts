import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPeriodSecrets } from '../../../server/sealing/period-secrets.ts';
import { createSealingKeys, SEALING_PERIOD_MS } from '../../../server/sealing/sealing-keys.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_764_000_000_123 }));
afterEach(() => void vi.useRealTimers());
const now = (): number => Date.now();

function twoProcesses() {
  const secrets = createPeriodSecrets(now);
  const among = { ...secrets, secretOf: async (period: number) => secrets.secretOf(period) };
  return { secrets, a: createSealingKeys({ now, among }), b: createSealingKeys({ now, among }) };
}

test('processes of one server offer the same key, and open each other’s seals for two periods', async () => {
  const { a, b } = twoProcesses();
  const first = await a.current();
  expect(await b.current()).toEqual(first);
  vi.setSystemTime(now() + SEALING_PERIOD_MS);
  const second = await b.current();
  expect(second.id).not.toBe(first.id);
  expect(second.issuedAt).toBe(first.renewAt);
  expect(await a.pairOf(second.id)).toBeDefined();
  expect(await b.pairOf(first.id)).toBeDefined();
  vi.setSystemTime(now() + SEALING_PERIOD_MS);
  expect(await a.pairOf(first.id)).toBeUndefined();
});

test('a process that began later opens what was sealed before, as long as its server remembers replays', async () => {
  const { secrets, a } = twoProcesses();
  const offered = await a.current();
  vi.setSystemTime(now() + SEALING_PERIOD_MS - 1);
  const among = { ...secrets, secretOf: async (period: number) => secrets.secretOf(period) };
  const late = createSealingKeys({ now, among });
  expect(late.born).toBe(a.born);
  expect(await late.pairOf(offered.id)).toBeDefined();
});

test('a secret is given out while its period counts, as a copy, and never again', () => {
  const { secrets } = twoProcesses();
  const one = secrets.secretOf(0);
  expect(one).toHaveLength(32);
  one?.fill(0);
  expect(secrets.secretOf(0)).not.toEqual(one);
  expect(secrets.secretOf(0)).toEqual(secrets.secretOf(0));
  expect([secrets.secretOf(1), secrets.secretOf(-1), secrets.secretOf(0.5)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  vi.advanceTimersByTime(2 * SEALING_PERIOD_MS);
  expect(secrets.secretOf(0)).toBeUndefined();
  expect(secrets.secretOf(2)).toHaveLength(32);
});
