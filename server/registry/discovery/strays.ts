/**
 * Clients that asked for a bundle which is not here. `skills` 1.5 answers the 404 by asking for the root's index next, and would install
 * everything that is published: for a moment the root's index is not there for them either. Per server, like every limit by address.
 */
export interface Strays {
  add(address: string): Promise<void>;
  has(address: string): Promise<boolean>;
}

const KEPT_MS = 5000;
const MAX_STRAYS = 10_000;

/** Those of this process, each for five seconds. `now` counts milliseconds. */
export function createStrays(now: () => number): Strays {
  // in the order of their times
  const times = new Map<string, number>();
  return {
    add: async (address) => {
      times.delete(address);
      times.set(address, now());
      for (const [old, time] of times) {
        if (time > now() - KEPT_MS && times.size <= MAX_STRAYS) break;
        times.delete(old);
      }
    },
    has: async (address) => (times.get(address) ?? Number.NEGATIVE_INFINITY) > now() - KEPT_MS,
  };
}
