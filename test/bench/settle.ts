/** What has not moved for so long does not end by itself. */
const STILL_MS = 10_000;
const LOOK_MS = 20;

export interface SettleClock {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

const SYSTEM: SettleClock = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/**
 * Waits until a count of what is open is 0, for as long as it still falls: how long that takes is the machine's matter. Returns what is
 * left, which ends by itself no more.
 */
export async function settle(
  count: () => Promise<number>,
  { now, wait }: SettleClock = SYSTEM,
): Promise<number> {
  let left = await count();
  for (let movedAt = now(); left > 0 && now() - movedAt < STILL_MS; ) {
    await wait(LOOK_MS);
    const next = await count();
    if (next < left) movedAt = now();
    left = next;
  }
  return left;
}
