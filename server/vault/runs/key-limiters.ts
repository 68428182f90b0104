import { systemClock } from '../../providers/clock.ts';
import { RateLimiter } from '../../providers/rate-limiter.ts';

/** The lines in which the runs of this process stand that are on one stored key: providers count by key and model. */
export interface KeyLimiters {
  /** For one run, until `done`. With a key's last run its lines go. */
  join(keyId: string): { of(model: string): RateLimiter; done(): void };
}

export function createKeyLimiters(): KeyLimiters {
  const lines = new Map<string, { readonly byModel: Map<string, RateLimiter>; runs: number }>();
  return {
    join(keyId) {
      const line = lines.get(keyId) ?? { byModel: new Map<string, RateLimiter>(), runs: 0 };
      line.runs += 1;
      lines.set(keyId, line);
      let left = false;
      return {
        of(model) {
          const limiter = line.byModel.get(model) ?? new RateLimiter(systemClock);
          line.byModel.set(model, limiter);
          return limiter;
        },
        done() {
          if (left) return;
          left = true;
          line.runs -= 1;
          if (line.runs === 0) lines.delete(keyId);
        },
      };
    },
  };
}
