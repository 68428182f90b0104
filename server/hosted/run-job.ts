import { BUILTIN_CATALOG } from '../../shared/compose/builtin-catalog.ts';
import { compose } from '../../shared/compose/compose.ts';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { Caps } from '../../shared/contract/run-request.ts';
import { addUsage, type Usage } from '../../shared/contract/usage.ts';
import type { PublishedSkill } from '../../shared/skills/published-skill.ts';
import type { Operator } from '../operator/operator.ts';
import { type CallLimits, createAsk } from '../providers/create-ask.ts';
import { RunEnded, runEndFailure } from '../runs/run-end.ts';
import { microsToUsd } from './budget.ts';
import type { EventWriter } from './event-writer.ts';
import { type JobRow, requestOf } from './job-rows.ts';
import type { JobEnd } from './job-store.ts';
import type { Work } from './recorded-work.ts';

export interface RunJobOptions {
  readonly operator: Operator;
  readonly limits: CallLimits;
  readonly now: () => number;
  readonly catalog?: readonly PublishedSkill[];
  /** Aborted with a `RunEnded` as its reason. */
  readonly signal: AbortSignal;
  readonly onCall?: (phase: string, ms: number) => void;
}

const WORKER_DIED: Failure = {
  code: 'internal',
  message: 'The worker died during this call. Whether it was charged is not known; it is made again.',
};

/**
 * One attempt at a job: the engine on the operator's provider, told as events. What earlier attempts finished is not asked again, and
 * what they spent counts on. Returns how the job is to end.
 */
export async function runJob(
  row: JobRow,
  before: Work,
  writer: EventWriter,
  options: RunJobOptions,
): Promise<JobEnd> {
  const { operator, signal } = options;
  const request = requestOf(row);
  const earlier = before.usage;
  let usage = earlier;
  let last: ComposeEvent | undefined;

  if (!before.begun) writer.push({ event: 'run', data: { id: row.id } });
  for (const { call, phase, item } of before.openCalls) {
    writer.push({
      event: 'call',
      data: { call, phase, ...(item !== undefined && { item }), state: 'failed', error: WORKER_DIED },
    });
  }

  const asked = createAsk({
    upstream: operator.upstream,
    model: row.model,
    limits: options.limits,
    now: options.now,
    startedAt: options.now(),
    price: (tokens, answered) => operator.priceUsd(row.model, tokens, answered),
    onCall: ({ phase, ms }) => options.onCall?.(phase, ms),
  });
  const ask = operator.hideKey(asked);
  const capped = {
    goal: request.goal,
    caps: capsLeft(row, request.caps, earlier),
    ...(request.redraft && { redraft: request.redraft }),
  };
  const events = compose(capped, ask, options.catalog ?? BUILTIN_CATALOG, {
    signal,
    estimateUsd: (inputTokens, outputTokens) => operator.priceUsd(row.model, { inputTokens, outputTokens }),
    recorded: before.recorded,
  });
  for await (const event of events) {
    if (event.event === 'usage') {
      usage = addUsage(earlier, event.data);
      writer.push({ event: 'usage', data: usage });
    } else if (event.event === 'done' || event.event === 'failed' || event.event === 'cancelled') {
      last = event;
    } else {
      writer.push(event);
    }
  }
  await writer.flush();
  return endOf(last, signal, usage);
}

/** The user's caps and the run's reservation, whichever is less, without what earlier attempts spent. */
function capsLeft(row: JobRow, wanted: Caps | undefined, earlier: Usage): Caps {
  const reserved = row.reserved_micros === 0 ? Number.POSITIVE_INFINITY : microsToUsd(row.reserved_micros);
  const costUsd = Math.min(wanted?.costUsd ?? Number.POSITIVE_INFINITY, reserved) - (earlier.costUsd ?? 0);
  const tokens =
    wanted?.tokens === undefined ? undefined : wanted.tokens - earlier.inputTokens - earlier.outputTokens;
  return {
    // nothing left is a cap that the first token passes
    ...(Number.isFinite(costUsd) && { costUsd: Math.max(costUsd, 1e-9) }),
    ...(tokens !== undefined && { tokens: Math.max(tokens, 1) }),
  };
}

function endOf(last: ComposeEvent | undefined, signal: AbortSignal, usage: Usage): JobEnd {
  if (signal.reason instanceof RunEnded) {
    return signal.reason.why === 'left'
      ? { state: 'cancelled', usage, failure: null }
      : { state: 'failed', usage, failure: runEndFailure(signal.reason) };
  }
  if (last?.event === 'done') return { state: 'done', usage, failure: null };
  if (last?.event === 'failed') return { state: 'failed', usage, failure: last.data.error };
  throw new Error(
    'the engine ended without a last event: compose() must yield done or failed unless its signal is aborted',
  );
}
