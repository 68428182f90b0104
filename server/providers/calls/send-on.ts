import type { AskWatch } from '../../../shared/compose/ask.ts';
import type { WireRequest } from '../../../shared/providers/formats/build-request.ts';
import type { CallLimits } from '../call-limits.ts';
import type { Clock } from '../clock.ts';
import type { Gate } from '../gate.ts';
import type { Turn } from '../rate-limiter.ts';
import { type StreamCall, streamCall } from '../stream-call.ts';
import type { Upstream } from '../upstream.ts';
import { watchLoading } from '../watch-loading.ts';
import { leftOf } from './call-turns.ts';

export interface Sending {
  readonly upstream: Upstream;
  readonly request: WireRequest;
  readonly watch: AskWatch;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** How the loading of a model is timed. */
  readonly after: Clock['after'];
  readonly runEndsAt: number;
  readonly gate: Gate | undefined;
  /** The answer has begun. */
  readonly onStream: () => void;
}

/** One request whose turn has come. Where watching it breaks, the turn is over for others, too. */
export async function sendOn(
  turn: Turn,
  { upstream, request, watch, signal, clock, after, runEndsAt, gate, onStream }: Sending,
  limits: CallLimits,
): Promise<StreamCall> {
  const begun = watchLoading(upstream.vendor, limits.firstByteMs, after, (s) => watch.loading?.(s));
  try {
    return await streamCall(upstream, request, {
      signal,
      limits,
      clock,
      runEndsAt,
      gate,
      onText: (delta) => watch.text(delta),
      onThinking: (chars) => watch.thinking?.(chars),
      onHeaders: (status, headers) => {
        begun();
        if (status !== 200) return;
        turn.accepted(leftOf(headers));
        watch.begun?.();
      },
      onStream,
    });
  } catch (bug) {
    turn.over();
    throw bug;
  } finally {
    begun();
  }
}
