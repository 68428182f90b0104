import type { Failure } from '../../shared/contract/failure.ts';
import { finishSaid } from '../../shared/providers/refusals/said.ts';
import type { Upstream } from './upstream.ts';

/**
 * A failure as it may leave the transport: without the key in what the provider said, which only the run's own cleaner can find. What
 * comes when the key is wiped already is not shown.
 */
export function finishFailure({ said, ...failure }: Failure, upstream: Upstream): Failure {
  if (said === undefined || upstream.over?.aborted) return failure;
  const whole = upstream.textCleaner?.();
  const pieces = upstream.wordsCleaner;
  const clean = (text: string): string => {
    const cleaned = whole?.(text, true) ?? text;
    return pieces?.(cleaned) ?? cleaned;
  };
  return { ...failure, said: finishSaid(said, clean) };
}
