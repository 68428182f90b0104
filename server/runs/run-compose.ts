import type { Ask, ModelCall } from '../../shared/compose/ask.ts';
import { compose } from '../../shared/compose/compose.ts';
import type { ComposeInput, ReviewPlan } from '../../shared/compose/compose-options.ts';
import type { Recorded } from '../../shared/compose/known-work.ts';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { RunRequest } from '../../shared/contract/run-request.ts';
import { effortOf } from '../../shared/providers/effort.ts';
import type { TokenUsage } from '../../shared/providers/formats/token-usage.ts';
import { keepsShared } from '../../shared/providers/prompt-cache.ts';
import type { PublishedSkill } from '../../shared/skills/published-skill.ts';
import type { CallLimits } from '../providers/call-limits.ts';
import type { CallRecord } from '../providers/calls/call-answer.ts';
import { createAsk } from '../providers/calls/create-ask.ts';
import type { Gate } from '../providers/gate.ts';
import type { Upstream } from '../providers/upstream.ts';
import { RunAborted, runAbortedFailure } from './run-aborted.ts';

/** What both kinds of run pass to the engine. Their credentials are inside `upstream`. */
export interface RunComposeOptions {
  readonly input: ComposeInput;
  readonly catalog: readonly PublishedSkill[];
  readonly upstream: Upstream;
  readonly model: string;
  /** How long the model is to think. */
  readonly effort?: RunRequest['effort'];
  readonly limits: CallLimits;
  /** USD of one call; null: not known. `answered` is the model that the provider says it was. */
  readonly priceUsd: (usage: TokenUsage, answered: string | null) => number | null;
  /** USD of the run so far, asked many times a second; null: not known. */
  readonly estimateUsd: (inputTokens: number, outputTokens: number) => number | null;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Aborted with a `RunAborted` as its reason. */
  readonly signal: AbortSignal;
  /** Every event but the last one, which is what this returns. */
  readonly onEvent: (event: ComposeEvent) => void;
  readonly onCall?: ((record: CallRecord) => void) | undefined;
  /** The provider's first response to each call: whether it accepts the request. */
  readonly onHead?: ((ok: boolean) => void) | undefined;
  /** Closed while nobody takes the events, so that reading from the provider pauses. */
  readonly gate?: Gate | undefined;
  readonly review?: ReviewPlan | undefined;
  /** What an earlier attempt had finished. */
  readonly recorded?: Recorded | undefined;
}

/** How a run ended; its last event says the same. */
export type RunResult =
  | { readonly outcome: 'done'; readonly drafts: number }
  | { readonly outcome: 'failed'; readonly failure: Failure }
  | { readonly outcome: 'cancelled' };

/** Runs the engine on one upstream, for both kinds of run. Throws for bugs only. */
export async function runCompose(options: RunComposeOptions): Promise<RunResult> {
  const { upstream, model, limits, now, signal, recorded, review } = options;
  let waitedMs = 0;
  const timedReview: ReviewPlan | undefined =
    review &&
    (async (...asked) => {
      const from = now();
      const reviewed = await review(...asked);
      waitedMs += now() - from;
      return reviewed;
    });
  const ask = createAsk({
    upstream,
    model,
    limits,
    now,
    startedAt: now(),
    waitedMs: () => waitedMs,
    gate: options.gate,
    price: options.priceUsd,
    onHead: options.onHead,
    onCall: options.onCall,
  });
  let last: ComposeEvent | undefined;
  const told: Ask = (call, ...how) =>
    ask({ ...call, effort: effortOf(upstream.vendor, model, call.phase, wishFor(call, options)) }, ...how);
  const events = compose(options.input, told, options.catalog, {
    signal,
    estimateUsd: options.estimateUsd,
    keepsShared: (call) => keepsShared(upstream.vendor, model, call),
    ...(recorded && { recorded }),
    ...(timedReview && { review: timedReview }),
  });
  for await (const event of events) {
    if (event.event === 'done' || event.event === 'failed' || event.event === 'cancelled') last = event;
    else options.onEvent(event);
  }
  return resultOf(last, signal);
}

/** A call that needs no thinking says so itself. */
function wishFor({ effort }: ModelCall, options: RunComposeOptions): RunRequest['effort'] {
  return effort === 'low' ? 'faster' : options.effort;
}

/** The last event of a run with that result. */
export function lastEvent(result: RunResult): ComposeEvent {
  switch (result.outcome) {
    case 'done':
      return { event: 'done', data: { drafts: result.drafts } };
    case 'failed':
      return { event: 'failed', data: { error: result.failure } };
    case 'cancelled':
      return { event: 'cancelled', data: {} };
  }
}

/** Why the run was stopped tells more than what the engine made of it. */
function resultOf(last: ComposeEvent | undefined, signal: AbortSignal): RunResult {
  if (signal.reason instanceof RunAborted) {
    return signal.reason.why === 'left'
      ? { outcome: 'cancelled' }
      : { outcome: 'failed', failure: runAbortedFailure(signal.reason) };
  }
  if (last?.event === 'done') return { outcome: 'done', drafts: last.data.drafts };
  if (last?.event === 'failed') return { outcome: 'failed', failure: last.data.error };
  throw new Error(
    'the engine ended without a last event: compose() must yield done or failed unless its signal is aborted',
  );
}
