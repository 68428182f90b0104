import { Session } from 'node:inspector/promises';

/**
 * Counts what V8 executes: how often each block of our own code ran, summed up. The same text gives the same number on every machine, so that a
 * bound on it is no race with the clock. What a regular expression does inside is not counted.
 */
export interface WorkCounter {
  /** Blocks that `work` ran in files whose path has one of the parts in it. */
  count(work: () => unknown): Promise<number>;
  stop(): Promise<void>;
}

export async function createWorkCounter(parts: readonly string[]): Promise<WorkCounter> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const take = async (): Promise<number> => {
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ url }) => parts.some((part) => url.includes(part)))
      .flatMap(({ functions }) => functions)
      .flatMap(({ ranges }) => ranges)
      .reduce((sum, { count }) => sum + count, 0);
  };
  return {
    count: async (work) => {
      await take();
      await work();
      return take();
    },
    stop: async () => {
      await session.post('Profiler.stopPreciseCoverage');
      session.disconnect();
    },
  };
}
