import type { Clock } from '../../../server/providers/clock.ts';

export interface HandClock extends Clock {
  /** Moves the time on, and calls back what has become due, in its order. */
  pass(ms: number): void;
  /** Resolves once somebody waits for exactly so long. */
  asked(ms: number): Promise<void>;
  /** What is waited for now, in ms from now. */
  readonly waits: readonly number[];
}

/** A clock that stands until it is moved by hand: what takes minutes is over at once, and nothing depends on the machine. */
export function handClock(start = 1_000_000): HandClock {
  let now = start;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const waiting: { readonly ms: number; readonly resolve: () => void }[] = [];
  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      for (const one of waiting) if (one.ms === ms) one.resolve();
      return () => void timers.delete(timer);
    },
    pass(ms) {
      const until = now + ms;
      for (;;) {
        const next = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = Math.max(now, next.at);
        timers.delete(next);
        next.callback();
      }
      now = until;
    },
    asked: (ms) =>
      [...timers].some(({ at }) => at - now === ms)
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ ms, resolve })),
    get waits() {
      return [...timers].map(({ at }) => at - now);
    },
  };
}
