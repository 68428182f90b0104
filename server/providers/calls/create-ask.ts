import type { Answer, Ask, ModelCall } from '../../../shared/compose/ask.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { PhaseName } from '../../../shared/contract/phase.ts';
import type { Usage } from '../../../shared/contract/usage.ts';
import { buildRequest, type WireRequest } from '../../../shared/providers/formats/build-request.ts';
import type { TokenUsage } from '../../../shared/providers/formats/token-usage.ts';
import { onTerms, weaker, withinContext, withinMinute } from '../../../shared/providers/negotiate.ts';
import type { Terms } from '../../../shared/providers/terms.ts';
import { type Vendor, vendorFor } from '../../../shared/providers/vendor.ts';
import { type CallLimits, limitsFor } from '../call-limits.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Gate } from '../gate.ts';
import { contextOf } from '../prices.ts';
import { RateLimiter } from '../rate-limiter.ts';
import type { StreamCall } from '../stream-call.ts';
import type { Upstream } from '../upstream.ts';
import { isLimit, msOf, waitIn } from './call-turns.ts';
import { learnTerms, termsOf } from './learned-terms.ts';
import { sendOn } from './send-on.ts';

/** One request that was made upstream, for receipts and metrics. */
export interface CallRecord {
  readonly phase: PhaseName;
  readonly item?: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly model: string | null;
  readonly ms: number;
}

/** What a run's calls have in common. `upstream` has the credentials in it; they are not seen here. */
export interface AskOptions {
  readonly upstream: Upstream;
  readonly model: string;
  readonly limits: CallLimits;
  /** Monotonic milliseconds; `startedAt` is the run's start on the same scale. */
  readonly now: () => number;
  readonly startedAt: number;
  /** USD; null: not known. `answered` is the model that the provider says it was. */
  readonly price: (usage: TokenUsage, answered: string | null) => number | null;
  readonly gate?: Gate | undefined;
  /** How a rate limit is waited out; by default in real time. */
  readonly sleep?: Clock['after'] | undefined;
  /** Milliseconds that the run has waited for its user, which do not count. */
  readonly waitedMs?: (() => number) | undefined;
  /** The provider's first word on each call: whether it takes the request, or asks for a wait that will be made. */
  readonly onHead?: ((ok: boolean) => void) | undefined;
  readonly onCall?: ((record: CallRecord) => void) | undefined;
}

/** A call may be refused so often in a row while nothing else is taken either. */
const MAX_REFUSALS = 2;
/** What must be left of the run's time after a wait, so that waiting is of use. */
const RESERVE_MS = 5000;

/** Asks one provider on one credential: no other provider and no other credential ever takes its place. */
export function createAsk(options: AskOptions): Ask {
  const clock: Clock = { now: options.now, after: systemClock.after };
  const { sleep: after = systemClock.after } = options;
  const shared = options.upstream.limiter?.(options.model);
  const limiter = shared ?? new RateLimiter({ now: options.now, after });
  // Of this run's key, and so of no other run.
  let minuteTokens: number | undefined;

  const contextTokens = contextOf(options.upstream.vendor, options.model);

  return async (asked, watch, signal) => {
    const call = withinContext(asked, contextTokens);
    const begunAt = clock.now();
    const runEndsAt = options.startedAt + options.limits.runMs + (options.waitedMs?.() ?? 0);
    const measured = (): { startedMs: number; ms: number } => ({
      startedMs: begunAt - options.startedAt,
      ms: clock.now() - begunAt,
    });
    const vendor = vendorFor(options.upstream.vendor, options.model);
    const upstream = { ...options.upstream, vendor };
    const { origin } = upstream;
    const turns = waitIn(limiter, { signal, until: runEndsAt - RESERVE_MS, watch, onHead: options.onHead });
    let terms = withinMinute(call, termsOf(vendor, origin, options.model), minuteTokens);
    let negotiated = false;
    const isTooOften = countRefusals(limiter);
    let refused: Failure | undefined;

    for (;;) {
      const waited = await turns();
      if (waited.kind === 'stopped') return { ...NOTHING, kind: 'stopped', ...measured() };
      if (waited.kind === 'late') {
        options.onHead?.(false);
        const failure = refused ?? (shared ? unsaid(limiter.refusal) : limiter.refusal) ?? NO_TIME;
        return { ...NOTHING, kind: 'failure', failure, ...measured() };
      }
      const { turn } = waited;
      const request = requestOn(vendor, options.model, call, terms);
      const sentAt = clock.now();
      const onStream = (): void => {
        if (negotiated) learnTerms(origin, options.model, terms);
        options.onHead?.(true);
      };
      const result = await sendOn(
        turn,
        { upstream, request, watch, signal, clock, after, runEndsAt, onStream, gate: options.gate },
        limitsFor(vendor, options.limits),
      );
      const limited = isLimit(result, limiter) ? result.failure : undefined;
      if (limited) turn.limited(msOf(limited.retryAfterSeconds), limited);
      turn.over();
      if (result.kind !== 'stopped' || result.billable)
        options.onCall?.(recordOf(call, result, clock.now() - sentAt));

      const less = refusedTerms(vendor, call, terms, result);
      if (less && !signal.aborted) {
        terms = less;
        minuteTokens = less.minute?.tokens ?? minuteTokens;
        negotiated = true;
        continue;
      }
      refused = limited ?? refused;
      if (limited && !isTooOften()) continue;
      if (result.kind === 'failure' && result.status !== 200) options.onHead?.(false);
      return answerOf(result, usageOf(call, result, options), measured());
    }
  };
}

/** Told of each refusal: whether it was one too many in a row while nothing else was taken either. */
function countRefusals(limiter: RateLimiter): () => boolean {
  let refusals = 0;
  let takenBefore = limiter.taken;
  return () => {
    refusals = limiter.taken === takenBefore ? refusals + 1 : 1;
    takenBefore = limiter.taken;
    return refusals > MAX_REFUSALS;
  };
}

function requestOn(vendor: Vendor, model: string, call: ModelCall, terms: Terms): WireRequest {
  const [weakened, asked] = onTerms(vendor, call, terms);
  const request = buildRequest(weakened, model, asked);
  // Also when only the prompt asks for it.
  return call.schema ? { ...request, json: true } : request;
}

/** Less to ask for, when the request itself was refused: no answer has begun, nothing was charged. Ends, for each is less than before. */
function refusedTerms(vendor: Vendor, call: ModelCall, terms: Terms, result: StreamCall): Terms | undefined {
  if (result.kind !== 'failure' || result.status === null || result.status < 400 || result.status >= 500)
    return undefined;
  return weaker(vendor, call, terms, result.failure);
}

function recordOf(
  { phase, item }: ModelCall,
  { status, requestId, model }: StreamCall,
  ms: number,
): CallRecord {
  return { phase, ...(item !== undefined && { item }), status, requestId, model, ms };
}

function answerOf(result: StreamCall, usage: Usage, measured: { startedMs: number; ms: number }): Answer {
  const { text } = result;
  switch (result.kind) {
    case 'answer':
      return { kind: 'answer', text, finish: result.finish, usage, ...measured };
    case 'failure':
      return { kind: 'failure', failure: result.failure, text, usage, ...measured };
    case 'stopped':
      return { kind: 'stopped', text, usage, ...measured };
  }
}

const NO_COST: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };
const NOTHING = { text: '', usage: NO_COST } as const;

/** What was said to another run of the line is not this one's to read. */
function unsaid(failure: Failure | undefined): Failure | undefined {
  if (!failure) return undefined;
  const { said: _, ...told } = failure;
  return told;
}

/** The limiter is another run's too, and its line too long. */
const NO_TIME: Failure = {
  code: 'rate_limited',
  message: 'Other runs that share this provider’s limit leave this one no time. Try again in a few minutes.',
};

const CHARS_PER_TOKEN = 4;

/** What the provider counted, else an estimate from the characters. Nothing for what was never sent, or was refused. */
function usageOf(call: ModelCall, result: StreamCall, { price }: AskOptions): Usage {
  const { usage } = result;
  if (usage)
    return {
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      ...(usage.cachedTokens && { cachedTokens: usage.cachedTokens }),
      costUsd: price(usage, result.model),
      estimated: false,
    };
  if (!result.billable) return NO_COST;
  const schemaChars = call.schema ? JSON.stringify(call.schema.json).length : 0;
  const guess = {
    inputTokens:
      result.inputTokens ??
      Math.ceil((call.system.length + call.user.length + schemaChars) / CHARS_PER_TOKEN),
    outputTokens: Math.ceil(result.text.length / CHARS_PER_TOKEN),
  };
  return { ...guess, costUsd: price(guess, result.model), estimated: true };
}
