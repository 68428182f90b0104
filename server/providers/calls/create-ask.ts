import type { Ask, AskWatch, ModelCall } from '../../../shared/compose/ask.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { withinContext } from '../../../shared/providers/negotiate.ts';
import { vendorFor } from '../../../shared/providers/vendor.ts';
import { type CallLimits, limitsFor } from '../call-limits.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Gate } from '../gate.ts';
import { contextOf } from '../prices.ts';
import { RateLimiter, type Turn } from '../rate-limiter.ts';
import type { StreamCall } from '../stream-call.ts';
import type { Upstream } from '../upstream.ts';
import { answerOf, type CallRecord, endOf, type Price, recordOf, unsent, usageOf } from './call-answer.ts';
import { CallTerms, type MinuteAllowance } from './call-terms.ts';
import { isLimit, msOf, waitIn } from './call-turns.ts';
import { sendOn } from './send-on.ts';

/** What a run's calls have in common. `upstream` has the credentials in it; they are not seen here. */
export interface AskOptions {
  readonly upstream: Upstream;
  readonly model: string;
  readonly limits: CallLimits;
  /** Monotonic milliseconds; `startedAt` is the run's start on the same scale. */
  readonly now: () => number;
  readonly startedAt: number;
  readonly price: Price;
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
  const run = runOf(options);
  const contextTokens = contextOf(options.upstream.vendor, options.model);
  return async (asked, watch, signal) => {
    const begunAt = options.now();
    const call = withinContext(asked, contextTokens);
    const result = await makeCall(run, { call, watch, signal });
    if (result.kind === 'failure' && result.status !== 200) options.onHead?.(false);
    return answerOf(result, usageOf(call, result, options.price), {
      startedMs: begunAt - options.startedAt,
      ms: options.now() - begunAt,
    });
  };
}

/** What the calls of one run share. */
interface Run {
  readonly options: AskOptions;
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly after: Clock['after'];
  readonly limiter: RateLimiter;
  /** Why this run waited in vain, as far as it may be told: what was said to another run is not this one's to read. */
  readonly lastRefusal: () => Failure | undefined;
  readonly minute: MinuteAllowance;
}

function runOf(options: AskOptions): Run {
  const { upstream, model, now, sleep: after = systemClock.after } = options;
  const shared = upstream.limiter?.(model);
  const limiter = shared ?? new RateLimiter({ now, after });
  return {
    options,
    upstream: { ...upstream, vendor: vendorFor(upstream.vendor, model) },
    clock: { now, after: systemClock.after },
    after,
    limiter,
    lastRefusal: () => (shared ? unsaid(limiter.refusal) : limiter.refusal),
    minute: { tokens: undefined },
  };
}

interface Asked {
  readonly call: ModelCall;
  readonly watch: AskWatch;
  readonly signal: AbortSignal;
}

/** Until the call is answered, stopped, or refused for good: waits for its turn, and asks for less where that was refused. */
async function makeCall(run: Run, asked: Asked): Promise<StreamCall> {
  const { options, upstream, limiter, minute } = run;
  const { call, watch, signal } = asked;
  const { vendor, origin } = upstream;
  const runEndsAt = options.startedAt + options.limits.runMs + (options.waitedMs?.() ?? 0);
  const turns = waitIn(limiter, { signal, until: runEndsAt - RESERVE_MS, watch, onHead: options.onHead });
  const terms = new CallTerms({ vendor, origin, model: options.model, call, minute });
  const isTooOften = countRefusals(limiter);
  let refused: Failure | undefined;

  for (;;) {
    const waited = await turns();
    if (waited.kind === 'stopped') return unsent({ kind: 'stopped' });
    if (waited.kind === 'late')
      return unsent({ kind: 'failure', failure: refused ?? run.lastRefusal() ?? NO_TIME });
    const { result, limited } = await sendOnce(run, asked, { turn: waited.turn, terms, runEndsAt });
    // A run that has ended asks nothing again.
    if (!signal.aborted && terms.weaken(result)) continue;
    refused = limited ?? refused;
    if (!limited || isTooOften()) return result;
  }
}

interface Attempt {
  readonly turn: Turn;
  readonly terms: CallTerms;
  readonly runEndsAt: number;
}

interface Sent {
  readonly result: StreamCall;
  /** The refusal, where waiting may help. */
  readonly limited: Failure | undefined;
}

/** One request in its turn, and what its result tells the limiter and whoever counts calls. */
async function sendOnce(run: Run, asked: Asked, { turn, terms, runEndsAt }: Attempt): Promise<Sent> {
  const { options, upstream, clock, after, limiter } = run;
  const request = terms.request();
  const { phase, item } = asked.call;
  const entry = await upstream.journal?.begin({ ...request, phase, item, model: options.model });
  if (entry?.ok === false) {
    turn.over();
    return { result: unsent({ kind: 'failure', failure: entry.failure }), limited: undefined };
  }
  const sentAt = clock.now();
  const onStream = (): void => {
    terms.taken();
    options.onHead?.(true);
  };
  const result = await sendOn(
    turn,
    { ...asked, upstream, request, clock, after, runEndsAt, onStream, gate: options.gate },
    limitsFor(upstream.vendor, options.limits),
  );
  entry?.end(endOf(asked.call, result, options.price));
  const limited = isLimit(result, limiter) ? result.failure : undefined;
  if (limited) turn.limited(msOf(limited.retryAfterSeconds), limited);
  turn.over();
  if (result.kind !== 'stopped' || result.billable)
    options.onCall?.(recordOf(asked.call, result, clock.now() - sentAt));
  return { result, limited };
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
