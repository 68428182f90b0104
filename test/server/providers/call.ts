import { Agent } from 'undici';
import { type CallLimits, DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { type Clock, systemClock } from '../../../server/providers/clock.ts';
import { type StreamCall, type StreamCallParts, streamCall } from '../../../server/providers/stream-call.ts';
import type { Upstream } from '../../../server/providers/upstream.ts';
import { buildRequest } from '../../../shared/providers/formats/build-request.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';

export const CALL = {
  id: 'classify',
  phase: 'classifying',
  system: 'System.',
  user: 'User.',
  maxOutputTokens: 100,
} as const;

export interface Calling {
  readonly vendor?: Vendor;
  readonly limits?: Partial<CallLimits>;
  readonly runMs?: number;
  readonly signal?: AbortSignal;
  readonly upstream?: Partial<Upstream>;
  readonly gate?: StreamCallParts['gate'];
  readonly onText?: (delta: string) => void;
  readonly onStream?: () => void;
  readonly agent?: Agent;
  readonly clock?: Clock;
}

/** One call to a server of the test's. */
export async function callTo(origin: string, calling: Calling = {}): Promise<StreamCall> {
  const agent = calling.agent ?? new Agent();
  const vendor = calling.vendor ?? OPENAI;
  const clock = calling.clock ?? systemClock;
  const upstream: Upstream = {
    vendor,
    origin,
    dispatcher: agent,
    authorization: 'Bearer test-key',
    ...calling.upstream,
  };
  try {
    return await streamCall(upstream, buildRequest(vendor, 'some-model', CALL), {
      signal: calling.signal ?? new AbortController().signal,
      limits: { ...DEFAULT_LIMITS, ...calling.limits },
      clock,
      runEndsAt: clock.now() + (calling.runMs ?? 60_000),
      gate: calling.gate,
      onText: calling.onText ?? (() => undefined),
      onStream: calling.onStream ?? (() => undefined),
    });
  } finally {
    if (!calling.agent) await agent.destroy();
  }
}
