/** Runs at most so many jobs at once. The others wait in the order in which they came. */
export function createLimit(size: number): <T>(job: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = size;
  return async (job) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      // A job that ends hands its place directly to the one that waits longest, so that a new caller cannot take it first.
      if (next) next();
      else free += 1;
    }
  };
}
