import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { budgetOf, nextUtcDay, reserve, settle, usdToMicros, utcDay } from '../../../server/hosted/budget.ts';
import { NoBudget } from '../../../server/hosted/enqueue.ts';
import { testStorage } from '../database.ts';

const { db } = await testStorage();
const LIMITS = { serverUsd: 1, accountUsd: 0.4 };
const DAY = '2026-11-21';

beforeEach(async () => {
  await db.deleteFrom('llm_budgets').execute();
});

async function tryReserve(userId: string, micros: number, day = DAY): Promise<boolean> {
  return db
    .transaction()
    .execute(async (trx) => {
      if (!(await reserve(trx, { day, userId, micros }, LIMITS))) throw new NoBudget();
      return true;
    })
    .catch((error: unknown) => {
      if (error instanceof NoBudget) return false;
      throw error;
    });
}

async function doSettle(userId: string, micros: number, used: number): Promise<void> {
  await db.transaction().execute((trx) => settle(trx, { day: DAY, userId, micros }, used));
}

async function totals(): Promise<Map<string, { reserved: number; spent: number }>> {
  const rows = await db.selectFrom('llm_budgets').selectAll().where('day', '=', DAY).execute();
  return new Map(rows.map((row) => [row.scope, { reserved: row.reserved_micros, spent: row.spent_micros }]));
}

function limitOf(scope: string): number {
  return usdToMicros(scope === 'server' ? LIMITS.serverUsd : LIMITS.accountUsd);
}

/** A run reserves, and then settles with what it used, is cancelled, or its worker dies and it settles when it is given up. */
const step = fc.record({
  user: fc.constantFrom('a', 'b', 'c'),
  micros: fc.integer({ min: 0, max: 150_000 }),
  usedPart: fc.double({ min: 0, max: 1, noNaN: true }),
  end: fc.constantFrom('settle' as const, 'cancel' as const, 'crash' as const),
  /** How many further runs begin before this one ends. */
  lasts: fc.integer({ min: 0, max: 8 }),
});

describe('the daily budget', () => {
  it('is never passed by 1,000 interleaved runs that reserve, settle, are cancelled and crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1000, maxLength: 1000 }),
        fc.integer({ min: 2, max: 9 }),
        async (steps, atOnce) => {
          await db.deleteFrom('llm_budgets').execute();
          const crashed: { user: string; micros: number }[] = [];
          const expected = { reserved: 0, spent: 0 };
          let next = 0;
          let worst = 0;

          const lane = async (): Promise<void> => {
            const open: { user: string; micros: number; used: number; left: number }[] = [];
            for (let run = steps[next++]; run !== undefined; run = steps[next++]) {
              const granted = await tryReserve(run.user, run.micros);
              if (granted) {
                expected.reserved += run.micros;
                if (run.end === 'crash') crashed.push(run);
                else
                  open.push({
                    user: run.user,
                    micros: run.micros,
                    used: run.end === 'cancel' ? 0 : Math.floor(run.micros * run.usedPart),
                    left: run.lasts,
                  });
              }
              for (const one of open) one.left -= 1;
              for (const one of open.filter(({ left }) => left < 0)) {
                await doSettle(one.user, one.micros, one.used);
                expected.reserved -= one.micros;
                expected.spent += one.used;
                open.splice(open.indexOf(one), 1);
              }
              if (next % 50 === 0) {
                for (const [scope, { reserved, spent }] of await totals())
                  worst = Math.max(worst, (reserved + spent) / limitOf(scope));
              }
            }
            for (const one of open) {
              await doSettle(one.user, one.micros, one.used);
              expected.reserved -= one.micros;
              expected.spent += one.used;
            }
          };
          await Promise.all(Array.from({ length: atOnce }, lane));

          for (const [scope, { reserved, spent }] of await totals())
            worst = Math.max(worst, (reserved + spent) / limitOf(scope));
          expect(worst).toBeLessThanOrEqual(1);
          // what crashed is still kept for; nothing else is, and nothing got lost
          expect((await totals()).get('server')).toEqual(expected);
          expect(expected.reserved).toBe(crashed.reduce((sum, { micros }) => sum + micros, 0));
        },
      ),
      { numRuns: 3 },
    );
  });

  it('grants the last cent to one of many who ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => tryReserve(`u${n}`, 300_000)));
    expect(answers.filter(Boolean)).toHaveLength(3);
  });

  it('gives back what it took from the server when the account has too little', async () => {
    expect(await tryReserve('a', 400_000)).toBe(true);
    expect(await tryReserve('a', 1)).toBe(false);
    expect((await totals()).get('server')).toEqual({ reserved: 400_000, spent: 0 });
    expect(await tryReserve('b', 400_000)).toBe(true);
  });

  it('begins anew at midnight UTC, and counts a run where it was reserved', async () => {
    expect(await tryReserve('a', 400_000)).toBe(true);
    expect(await tryReserve('a', 400_000, '2026-11-22')).toBe(true);
    await doSettle('a', 400_000, 100_000);
    expect((await totals()).get('account:a')).toEqual({ reserved: 0, spent: 100_000 });
    const late = new Date('2026-11-21T23:59:59.999Z');
    expect([utcDay(late), nextUtcDay(late).toISOString()]).toEqual([DAY, '2026-11-22T00:00:00.000Z']);
    expect(nextUtcDay(new Date('2026-11-22T00:00:00.000Z')).toISOString()).toBe('2026-11-23T00:00:00.000Z');
  });

  it('tells an account the smaller of its own rest and the server’s', async () => {
    const now = new Date(`${DAY}T12:00:00Z`);
    expect(await budgetOf(db, 'a', LIMITS, now)).toEqual({
      limitUsd: 0.4,
      leftUsd: 0.4,
      resetsAt: '2026-11-22T00:00:00.000Z',
    });
    for (const user of ['b', 'c']) await tryReserve(user, 400_000);
    expect((await budgetOf(db, 'a', LIMITS, now)).leftUsd).toBeCloseTo(0.2, 9);
    expect(await budgetOf(db, 'a', { serverUsd: undefined, accountUsd: undefined }, now)).toMatchObject({
      limitUsd: null,
      leftUsd: null,
    });
  });

  it('shows honestly when a run cost more than was kept for it, and then grants nothing more', async () => {
    await tryReserve('a', 100_000);
    await doSettle('a', 100_000, 500_000);
    expect((await totals()).get('account:a')).toEqual({ reserved: 0, spent: 500_000 });
    expect(await tryReserve('a', 1)).toBe(false);
    expect((await budgetOf(db, 'a', LIMITS, new Date(`${DAY}T12:00:00Z`))).leftUsd).toBe(0);
  });
});
