/** Monotonic milliseconds and a timer; injected so that tests own time. */
export interface Clock {
  readonly now: () => number;
  /** Calls back once after so many ms; the returned function takes that back. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** The process's own clock and timers. A jump of the wall clock does not touch them. */
export const systemClock: Clock = {
  now: () => performance.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
