import { setTimeout as after } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, expect, it, vi } from 'vitest';
import type { PayableJob, Payment } from '../../../server/hosted/payer.ts';
import { timesOf } from '../../full.ts';
import { until } from '../../until.ts';
import { testStorage, urlTo } from '../database.ts';
import { verified } from './tampering.ts';
import { startTwoWorkers } from './two-workers.ts';

/** Starts of runs by two workers and a revocation of their key, at moments that lie within a few milliseconds of each other. */
const TIMES = timesOf(15, 5000);
vi.setConfig({ testTimeout: TIMES * 2000 + 60_000, hookTimeout: 120_000 });

const storage = await testStorage();
const { db } = storage;
const two = await startTwoWorkers(db, urlTo(storage));
afterAll(() => two.stop());

/** When each act begins, in quarters of a millisecond. A start needs some until it takes the key. */
const race = fc.record({
  starts: fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 2, maxLength: 4 }),
  revoke: fc.integer({ min: 0, max: 100 }),
});
const CALL = { phase: 'planning', item: undefined, model: 'm', path: '/', body: '{}' } as const;
const counted = { started: 0, refused: 0, taken: 0 };

async function startAt(job: PayableJob, quarter: number, nth: number): Promise<Payment | undefined> {
  await after(quarter / 4);
  const paid = await (nth % 2 === 0 ? two.payers[0] : two.payers[1]).for(job);
  if (paid.ok) counted.started += 1;
  else {
    counted.refused += 1;
    expect(paid.failure).toMatchObject({ reason: 'key_gone' });
  }
  return paid.ok ? paid.value : undefined;
}

it('starts nothing behind a revocation, and no run without its lease', async () => {
  await fc.assert(
    fc.asyncProperty(race, async ({ starts, revoke }) => {
      const id = await two.addKey();
      const before = counted.started;
      const jobs = await Promise.all(starts.map(() => two.queue()));
      const revoked = after(revoke / 4).then(() => two.revoke(id));
      const payments = (
        await Promise.all(jobs.map((job, nth) => startAt(job, starts[nth] ?? 0, nth)))
      ).filter((one) => one !== undefined);
      const stopped = await revoked;
      counted.taken += stopped ?? 0;

      const leases = await db.selectFrom('vault_leases').selectAll().where('key_id', '=', id).execute();
      const { ended_at: ended } = await db
        .selectFrom('vault_keys')
        .select('ended_at')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      expect(leases).toHaveLength(counted.started - before);
      // each start was before the end, and was ended by it
      expect(stopped).toBe(leases.length);
      for (const { since, ended_at } of leases) {
        expect(since.getTime()).toBeLessThanOrEqual(ended?.getTime() ?? 0);
        expect(ended_at).not.toBeNull();
      }
      await until(() => expect(payments.every(({ taken }) => taken?.aborted)).toBe(true));
      for (const { upstream, close } of payments) {
        expect(await upstream.journal?.begin(CALL)).toMatchObject({ ok: false });
        await close(undefined);
      }
    }),
    { numRuns: TIMES, endOnFailure: true },
  );
  // else the moments were none that meet
  expect(counted.started).toBeGreaterThan(TIMES / 10);
  expect(counted.refused).toBeGreaterThan(TIMES / 10);
  expect((await verified(db, two.rootFile)).faults).toEqual([]);
});
