import { systemClock } from '../providers/clock.ts';
import { RateLimiter } from '../providers/rate-limiter.ts';

/**
 * One line for all runs at a server that takes no key: it counts them as one client, which this process is. Runs on keys have a line
 * each, for nothing here may tell that two keys are the same. Origins come from the operator's settings, so there are few.
 */
export function createKeylessLimiters(): (origin: string) => RateLimiter {
  const limiters = new Map<string, RateLimiter>();
  return (origin) => {
    const limiter = limiters.get(origin) ?? new RateLimiter(systemClock);
    limiters.set(origin, limiter);
    return limiter;
  };
}
