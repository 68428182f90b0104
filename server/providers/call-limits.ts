import type { Vendor } from '../../shared/providers/vendor.ts';

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

/** For providers on the internet: a minute to the first byte, ten minutes for a run, 16 MB for a response. */
export const DEFAULT_LIMITS: CallLimits = {
  firstByteMs: 60_000,
  idleMs: 45_000,
  runMs: 600_000,
  maxResponseBytes: 16 * 1024 * 1024,
  maxEventBytes: 1024 * 1024,
  maxErrorBytes: 64 * 1024,
};

/** Loading a model from disk takes minutes, and its own hardware answers slowly. Below a run's usual length, so that it can be named. */
const LOCAL_FIRST_BYTE_MS = 540_000;
const LOCAL_IDLE_MS = 300_000;

/** A run's limits as they hold at one vendor: longer for a local one, and as the operator set them for an endpoint. */
export function limitsFor({ local, limits: own }: Vendor, limits: CallLimits): CallLimits {
  if (!local) return { ...limits, ...own };
  const firstByteMs = Math.max(limits.firstByteMs, LOCAL_FIRST_BYTE_MS);
  const idleMs = Math.max(limits.idleMs, LOCAL_IDLE_MS);
  return { ...limits, firstByteMs, idleMs, ...own };
}
