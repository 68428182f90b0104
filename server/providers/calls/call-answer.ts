import type { Answer, ModelCall } from '../../../shared/compose/ask.ts';
import { estimateTokens } from '../../../shared/compose/calls/estimate-tokens.ts';
import type { PhaseName } from '../../../shared/contract/phase.ts';
import type { Usage } from '../../../shared/contract/usage.ts';
import type { TokenUsage } from '../../../shared/providers/formats/token-usage.ts';
import type { JournalEnd } from '../call-journal.ts';
import type { CallEnd, StreamCall } from '../stream-call.ts';

/** One request that was made upstream, for receipts and metrics. */
export interface CallRecord {
  readonly phase: PhaseName;
  readonly item?: string;
  readonly status: number | null;
  readonly requestId: string | null;
  readonly model: string | null;
  readonly ms: number;
}

/** What is recorded of a call's request that took `ms`; the text of call and answer is not in it. */
export function recordOf(
  { phase, item }: ModelCall,
  { status, requestId, model }: StreamCall,
  ms: number,
): CallRecord {
  const record = { phase, status, requestId, model, ms };
  return item === undefined ? record : { ...record, item };
}

/** The same for a journal, with what the request cost. */
export function endOf(call: ModelCall, result: StreamCall, price: Price): JournalEnd {
  const { status, requestId } = result;
  const code = result.kind === 'failure' ? result.failure.code : null;
  return { outcome: result.kind, code, status, requestId, usage: usageOf(call, result, price) };
}

/** A call that ended before anything of it was sent. */
export function unsent(end: CallEnd): StreamCall {
  return {
    ...end,
    text: '',
    usage: undefined,
    inputTokens: undefined,
    status: null,
    requestId: null,
    model: null,
    billable: false,
  };
}

/** Milliseconds; `startedMs` counts from the run's start. */
export interface Measured {
  readonly startedMs: number;
  readonly ms: number;
}

/** The engine's view of a result: what the transport alone needs to know is left out. */
export function answerOf(result: StreamCall, usage: Usage, measured: Measured): Answer {
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

/** USD; null: not known. `answered` is the model that the provider says it was. */
export type Price = (usage: TokenUsage, answered: string | null) => number | null;

const NO_COST: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };

/** What the provider counted, else an estimate from the text. Nothing for what was never sent, or was refused. */
export function usageOf(call: ModelCall, result: StreamCall, price: Price): Usage {
  const { usage, model } = result;
  if (usage) {
    const { inputTokens, outputTokens, cachedTokens } = usage;
    const counted = { inputTokens, outputTokens, costUsd: price(usage, model), estimated: false };
    return cachedTokens ? { ...counted, cachedTokens } : counted;
  }
  if (!result.billable) return NO_COST;
  const schema = call.schema ? JSON.stringify(call.schema.json) : '';
  const guess = {
    inputTokens: result.inputTokens ?? Math.ceil(estimateTokens(call.system + call.user + schema)),
    outputTokens: Math.ceil(estimateTokens(result.text)),
  };
  return { ...guess, costUsd: price(guess, model), estimated: true };
}
