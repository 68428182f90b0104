/** What one run and each of its calls may take. Milliseconds and bytes. */
export interface CallLimits {
  /** From sending a request to the head of its response. */
  readonly firstByteMs: number;
  /** Between two events that show progress; comments and pings do not. */
  readonly idleMs: number;
  /** From the run's start to its end, waits for a rate limit included. */
  readonly runMs: number;
  readonly maxResponseBytes: number;
  readonly maxEventBytes: number;
  readonly maxErrorBytes: number;
}

export const DEFAULT_LIMITS: CallLimits = {
  firstByteMs: 60_000,
  idleMs: 45_000,
  runMs: 600_000,
  maxResponseBytes: 16 * 1024 * 1024,
  maxEventBytes: 1024 * 1024,
  maxErrorBytes: 64 * 1024,
};
