import type { AskWatch } from '../../../shared/compose/ask.ts';
import { longQuota } from '../../../shared/providers/refusals/long-quota.ts';
import { type ResponseHeaders, requestsLeft } from '../../../shared/providers/refusals/retry-after.ts';
import type { RateLimiter, RequestsLeft, Wait, Waiting } from '../rate-limiter.ts';
import type { StreamCall } from '../stream-call.ts';

export function leftOf(headers: ResponseHeaders): RequestsLeft | undefined {
  const requests = requestsLeft(headers, Date.now());
  return requests && { left: requests.left, nextMs: requests.nextSeconds * 1000 };
}

export function msOf(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

/**
 * A refusal that waiting helps against, and that cost nothing, for no body of an answer has come. Some never say how long: when others
 * of the run were taken, a little is enough.
 */
export function isLimit(
  result: StreamCall,
  { taken }: Pick<RateLimiter, 'taken'>,
): result is StreamCall & { readonly kind: 'failure' } {
  if (result.kind !== 'failure' || (result.status !== 429 && result.status !== 529)) return false;
  const { code, retryAfterSeconds, said = '' } = result.failure;
  if (retryAfterSeconds !== undefined) return true;
  const passes = code === 'rate_limited' || (result.status === 429 && code === 'provider_overloaded');
  return passes && taken > 0 && !longQuota({ message: said, codes: [] }, undefined);
}

export interface TurnParts extends Pick<Waiting, 'signal' | 'until'> {
  readonly watch: AskWatch;
  readonly onHead: ((ok: boolean) => void) | undefined;
}

/** Waits for a turn, always at the same place of the line, and tells of it. */
export function waitIn(
  limiter: RateLimiter,
  { signal, until, watch, onHead }: TurnParts,
): () => Promise<Wait> {
  const place = limiter.place();
  return async () => {
    let told = false;
    const onWait = (ms: number): void => {
      told = true;
      onHead?.(true);
      // Floating point: 1,000.0000001 ms are a second.
      watch.waiting(Math.max(1, Math.ceil(ms / 1000 - 0.05)));
    };
    const wait = await limiter.turn(place, { signal, until, onWait });
    if (told && wait.kind === 'turn') watch.waiting(0);
    return wait;
  };
}
