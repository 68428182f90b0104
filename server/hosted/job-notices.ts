import type { PoolAddress } from '../storage/create-pool.ts';
import { listen } from '../storage/listen.ts';
import type { Log } from '../telemetry/log.ts';
import { CANCEL_CHANNEL, EVENTS_CHANNEL } from './feed/event-store.ts';

/**
 * Messages between processes about jobs: that there are events, or that one is to be cancelled. A message may be sent twice or get lost.
 */
export interface JobNotices {
  /** Resolves at the next event of the job, when `signal` is aborted, or after the time; the caller looks for itself. */
  changed(job: string, timeoutMs: number, signal: AbortSignal): Promise<void>;
  onCancel(job: string, cancel: () => void): () => void;
  stop(): Promise<void>;
}

export function createJobNotices(address: PoolAddress, log: Log): JobNotices {
  const watchers = new Map<string, Set<() => void>>();
  const cancels = new Map<string, () => void>();
  const wakeAll = (): void => {
    for (const set of watchers.values()) for (const wake of set) wake();
  };
  const listener = listen({
    address,
    channels: [EVENTS_CHANNEL, CANCEL_CHANNEL],
    log,
    onReconnect: wakeAll,
    onNotice: (channel, job) => {
      if (channel === CANCEL_CHANNEL) cancels.get(job)?.();
      else for (const wake of watchers.get(job) ?? []) wake();
    },
  });

  return {
    changed: (job, timeoutMs, signal) =>
      new Promise((resolve) => {
        const set = watchers.get(job) ?? new Set();
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          set.delete(wake);
          if (set.size === 0) watchers.delete(job);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        signal.addEventListener('abort', wake, { once: true });
        set.add(wake);
        watchers.set(job, set);
        if (signal.aborted) wake();
      }),
    onCancel: (job, cancel) => {
      cancels.set(job, cancel);
      return () => {
        if (cancels.get(job) === cancel) cancels.delete(job);
      };
    },
    stop: () => listener.stop(),
  };
}
