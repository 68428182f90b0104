import { BUILTIN_CATALOG } from '../../shared/compose/builtin-catalog.ts';
import { compose } from '../../shared/compose/compose.ts';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { RunRequest } from '../../shared/contract/run-request.ts';
import { type CallLimits, type CallRecord, createAsk } from '../providers/create-ask.ts';
import { createEstimate, priceUsd } from '../providers/prices.ts';
import type { Upstream } from '../providers/upstream.ts';
import type { RunLedger } from '../receipts/run-ledger.ts';
import type { EventStream } from '../runs/event-stream.ts';
import { RunEnded, runEndFailure } from '../runs/run-end.ts';

/** How a run ended, for the receipt, the log and the counter. */
export type RunOutcome =
  | { readonly outcome: 'done'; readonly drafts: number }
  | { readonly outcome: 'failed'; readonly failure: Failure }
  | { readonly outcome: 'cancelled' };

export interface RunOptions {
  readonly upstream: Upstream;
  readonly limits: CallLimits;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** Aborted with a `RunEnded` as its reason. */
  readonly signal: AbortSignal;
  readonly onCall: (record: CallRecord) => void;
}

/** Runs one compose and sends its events, but for the last one: the caller sends that after the receipt. */
export async function runByo(
  request: RunRequest,
  stream: EventStream,
  ledger: RunLedger,
  options: RunOptions,
): Promise<RunOutcome> {
  const { upstream, signal } = options;
  const ask = createAsk({
    upstream,
    model: request.model,
    limits: options.limits,
    now: options.now,
    startedAt: options.now(),
    gate: stream.gate,
    price: (usage, answered) => priceUsd(upstream.vendor, request.model, usage, answered),
    // A refused first call can still be a status of its own; an accepted one opens the stream.
    onHead: (ok) => ok && stream.open(),
    onCall: options.onCall,
  });
  let last: ComposeEvent | undefined;
  const events = compose(request, ask, BUILTIN_CATALOG, {
    signal,
    estimateUsd: createEstimate(upstream.vendor, request.model),
  });
  for await (const event of events) {
    ledger.event(event);
    if (event.event === 'done' || event.event === 'failed' || event.event === 'cancelled') last = event;
    else stream.send(event);
  }
  if (signal.reason instanceof RunEnded) {
    return signal.reason.why === 'left'
      ? { outcome: 'cancelled' }
      : { outcome: 'failed', failure: runEndFailure(signal.reason) };
  }
  if (last?.event === 'done') return { outcome: 'done', drafts: last.data.drafts };
  if (last?.event === 'failed') return { outcome: 'failed', failure: last.data.error };
  throw new Error(
    'the engine ended without a last event: compose() must yield done or failed unless its signal is aborted',
  );
}
