/**
 * How long a run waits for a look at its plan. Pure: no timer and no clock of its own, every time is a monotonic number of ms that the
 * caller brings.
 */

/** A plan that nobody touches is drafted after this time. */
export const UNTOUCHED_MS = 20_000;
/** The whole time for a plan that somebody touches: their key stays in memory as long. */
export const TOUCHED_MS = 180_000;

export type ReviewClock =
  | { readonly kind: 'waiting'; readonly until: number; readonly touched: boolean }
  | { readonly kind: 'over'; readonly by: 'user' | 'time' };

export function openClock(now: number): ReviewClock {
  return { kind: 'waiting', until: now + UNTOUCHED_MS, touched: false };
}

/** The first touch gives the whole time, later ones nothing more. */
export function touchClock(clock: ReviewClock, now: number): ReviewClock {
  const current = passClock(clock, now);
  if (current.kind === 'over' || current.touched) return current;
  return { kind: 'waiting', until: now + TOUCHED_MS, touched: true };
}

export function passClock(clock: ReviewClock, now: number): ReviewClock {
  return clock.kind === 'waiting' && now >= clock.until ? { kind: 'over', by: 'time' } : clock;
}

/** An answer after the end does not count. */
export function answerClock(clock: ReviewClock, now: number): ReviewClock {
  const current = passClock(clock, now);
  return current.kind === 'waiting' ? { kind: 'over', by: 'user' } : current;
}
