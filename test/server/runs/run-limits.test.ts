import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createRunLimits } from '../../../server/runs/run-limits.ts';
import type { Rule } from '../../sandbox/script.ts';
import { byoServer } from '../byo/support/byo-server.ts';
import type { LiveRun, RunBody } from '../byo/support/live-run.ts';

/** Whom the limits count is what a trusted proxy says; this test is one. */
const from = (address: string): { readonly headers: Record<string, string> } => ({
  headers: { 'x-forwarded-for': address },
});

describe('runs at once', () => {
  const byo = byoServer({ CONCURRENT_RUNS: '2', TRUSTED_PROXIES: '127.0.0.1' });
  const hanging = async (address: string): Promise<LiveRun> => {
    const before = byo.sandbox.journal.length;
    const run = await byo.open({}, from(address));
    await expect.poll(() => byo.sandbox.journal.length).toBe(before + 1);
    return run;
  };

  test('have a limit for each address, which says when to come back', async () => {
    byo.sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
    await hanging('203.0.113.1');
    await hanging('203.0.113.1');
    const third = await (await byo.open({}, from('203.0.113.1'))).answer();
    expect(third.status).toBe(429);
    expect(third.failure).toMatchObject({ code: 'rate_limited' });
    expect(third.headers['retry-after']).toBe(String(third.failure?.retryAfterSeconds));
    await hanging('203.0.113.2');
    expect(byo.sandbox.journal).toHaveLength(3);
  });

  test('count again when one of them has ended, however it ended', async () => {
    const address = '203.0.113.3';
    const endings: readonly (readonly [Rule[], () => Promise<unknown>])[] = [
      [[], async () => (await byo.open({}, from(address))).answer()],
      [[{ fault: 'anthropic-401' }], async () => (await byo.open({}, from(address))).answer()],
      [
        [{ stop: { how: 'hang', after: 'nothing' } }],
        async () => {
          (await hanging(address)).leave('fin');
          await byo.quiet();
        },
      ],
      // Never admitted: its seal is of another run.
      [
        [],
        async () =>
          (
            await byo.open(
              {},
              { headers: { ...from(address).headers, 'x-run-id': randomBytes(16).toString('hex') } },
            )
          ).answer(),
      ],
    ];
    for (const [script, end] of [...endings, ...endings]) {
      byo.sandbox.script(script);
      await end();
    }
    byo.sandbox.script([]);
    expect((await (await byo.open({}, from(address))).answer()).status).toBe(200);
  });

  test('200 at once by one person are a limit for that person only', async () => {
    byo.sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
    const flood = await Promise.all(Array.from({ length: 200 }, () => byo.open({}, from('203.0.113.4'))));
    await expect.poll(() => byo.sandbox.journal.length).toBe(2);
    await expect.poll(() => flood.filter(({ head }) => head.includes('retry-after')).length).toBe(198);
    byo.sandbox.script([]);
    expect((await (await byo.open({}, from('203.0.113.5'))).answer()).status).toBe(200);
  });
});

describe('runs a minute', () => {
  const byo = byoServer({ RUNS_PER_MINUTE: '2', TRUSTED_PROXIES: '127.0.0.1' });
  const REFUSED: RunBody = { provider: 'anthropic', model: 'claude-x' };
  const status = async (address: string): Promise<number> =>
    (await (await byo.open(REFUSED, from(address))).answer()).status;

  test('have a limit for each address, which says when to come back', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    expect([await status('198.51.100.1'), await status('198.51.100.1')]).toEqual([422, 422]);
    const third = await (await byo.open(REFUSED, from('198.51.100.1'))).answer();
    expect(third.status).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(third.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(await status('198.51.100.2')).toBe(422);
  });

  test('count all of an IPv6 /64 as one, however an address in it is written', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    expect([
      await status('2001:db8:1:2::1'),
      await status('2001:0DB8:0001:0002:ffff:ffff:ffff:ffff'),
    ]).toEqual([422, 422]);
    expect(await status('2001:db8:1:2:aaaa::5')).toBe(429);
    expect(await status('2001:db8:1:3::1')).toBe(422);
  });

  test('count an IPv4 address that is written as IPv6 as itself', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    expect([
      await status('198.51.100.7'),
      await status('::ffff:198.51.100.7'),
      await status('::ffff:c633:6407'),
    ]).toEqual([422, 422, 429]);
  });

  test('keep the ids of runs beyond them out of the memory that a replay is known by', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    for (let i = 0; i < 2; i++) expect(await status('198.51.100.9')).toBe(422);
    const run = randomBytes(16).toString('hex');
    expect((await (await byo.open(REFUSED, { ...from('198.51.100.9'), run })).answer()).status).toBe(429);
    expect(await byo.running.parts.runLimits.isFirst(run)).toBe(true);
  });

  test('do not count what was never admitted', async () => {
    for (let i = 0; i < 5; i++)
      expect((await (await byo.open({ goal: '' }, from('198.51.100.8'))).answer()).status).toBe(422);
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    expect(await status('198.51.100.8')).toBe(422);
  });
});

describe('a client that writes its own x-forwarded-for', () => {
  const byo = byoServer({ RUNS_PER_MINUTE: '2' });

  test('is counted by its own address where no proxy is trusted', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    const statuses: number[] = [];
    for (const address of ['1.1.1.1', '2.2.2.2', '3.3.3.3'])
      statuses.push((await (await byo.open({}, from(address))).answer()).status);
    expect(statuses).toEqual([422, 422, 429]);
  });
});

test('places that are asked for in one turn are not given twice', async () => {
  const limits = createRunLimits({ perMinute: 100, atOnce: 2, now: () => 0 });
  const asked = await Promise.all([1, 2, 3, 4].map(() => limits.acquire(['203.0.113.6', 'an account'])));
  expect(asked.map(({ ok }) => ok)).toEqual([true, true, false, false]);
  for (const one of asked) if (one.ok) one.release();
  expect((await limits.acquire(['an account'])).ok).toBe(true);
});

test('an id is forgotten after a quarter of an hour, and not before', async () => {
  let time = 0;
  const limits = createRunLimits({ perMinute: 100, atOnce: 2, now: () => time });
  expect(await Promise.all([limits.isFirst('a'), limits.isFirst('a')])).toEqual([true, false]);
  time += 14 * 60_000;
  expect(await limits.isFirst('a')).toBe(false);
  time += 2 * 60_000;
  expect(await limits.isFirst('a')).toBe(true);
});
