/**
 * Runs at most so many jobs at once; the others wait in the order they came. With `firstAlone` no other one starts before the first has
 * called `begun`, or has ended.
 */
export function createLimit(
  size: number,
  { firstAlone = false } = {},
): <T>(job: (begun: () => void) => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = firstAlone ? 1 : size;
  let closed = size - free;
  // A lane goes from hand to hand, so that a newcomer cannot slip in between.
  const release = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  const begun = (): void => {
    for (; closed > 0; closed -= 1) release();
  };
  return async (job) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job(begun);
    } finally {
      begun();
      release();
    }
  };
}
