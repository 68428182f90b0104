import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Failure } from '../../shared/contract/failure.ts';

/** A place among the runs that go on at once, or why there is none. */
export type AcquiredSlot =
  | { readonly ok: true; release(): void }
  | { readonly ok: false; readonly failure: Failure };

/** Bounds the runs of one client, against floods and against replays of a captured request. */
export interface RunLimits {
  /** Counts a run for each of `who` (address, account) and holds a place among the concurrent ones until `release`. */
  acquire(who: readonly string[]): Promise<AcquiredSlot>;
  /** False when a run of that id was seen lately: a captured request cannot be sent again. */
  isFirst(runId: string): Promise<boolean>;
}

const REMEMBER_RUNS_MS = 15 * 60_000;
const REMEMBER_RUNS = 100_000;

/** Runs a minute and at once, in memory: processes of one server share their primary's, servers behind a balancer have one each. */
export function createRunLimits(options: {
  readonly perMinute: number;
  readonly atOnce: number;
  readonly now: () => number;
}): RunLimits {
  const minute = new RateLimiterMemory({ points: options.perMinute, duration: 60 });
  const running = new Map<string, number>();
  const seen = new Map<string, number>();
  return {
    async acquire(who) {
      for (const one of who) {
        if ((running.get(one) ?? 0) >= options.atOnce) {
          return limited(
            5,
            `${options.atOnce} runs of yours are under way. Wait for one to end, or cancel one.`,
          );
        }
      }
      // The place is taken before anything is awaited: requests that come together must not all find the same place free.
      for (const one of who) running.set(one, (running.get(one) ?? 0) + 1);
      let released = false;
      const release = (): void => {
        if (released) return;
        released = true;
        for (const one of who) {
          const count = (running.get(one) ?? 1) - 1;
          if (count > 0) running.set(one, count);
          else running.delete(one);
        }
      };
      try {
        await Promise.all(who.map((one) => minute.consume(one)));
      } catch (refusal) {
        release();
        const seconds =
          refusal instanceof RateLimiterRes ? Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) : 60;
        return limited(
          seconds,
          `You started more than ${options.perMinute} runs in a minute. Try again in ${seconds} s.`,
        );
      }
      return { ok: true, release };
    },
    async isFirst(runId) {
      const now = options.now();
      for (const [old, at] of seen) {
        if (now - at <= REMEMBER_RUNS_MS && seen.size < REMEMBER_RUNS) break;
        seen.delete(old);
      }
      if (seen.has(runId)) return false;
      seen.set(runId, now);
      return true;
    },
  };
}

function limited(retryAfterSeconds: number, message: string): AcquiredSlot {
  return { ok: false, failure: { code: 'rate_limited', message, retryAfterSeconds } };
}
