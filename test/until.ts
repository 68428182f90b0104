import { vi } from 'vitest';

/** Waits until nothing throws. How long a failure takes, not a success: a slow machine turns no test red. */
export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 240_000, interval: 10 });
}
