import type { Failure } from '../../shared/contract/failure.ts';
import type { Caps } from '../../shared/contract/run-request.ts';
import { addUsage, type Usage } from '../../shared/contract/usage.ts';
import type { CallLimits } from '../providers/call-limits.ts';
import { isShutdown } from '../runs/run-aborted.ts';
import { runCompose } from '../runs/run-compose.ts';
import type { SkillCatalog } from '../runs/skill-catalog.ts';
import { microsToUsd } from './budget.ts';
import type { EventWriter } from './feed/event-writer.ts';
import { credentialsOf, type JobRequest, type JobRow, requestOf } from './job-rows.ts';
import type { JobEnd } from './job-store.ts';
import { type PaidEnd, type Payers, type Payment, payerOf } from './payer.ts';
import type { Work } from './recorded-work.ts';
import { withWrittenEvals } from './trials-to-plan.ts';

export interface RunJobOptions {
  readonly payers: Payers;
  readonly catalog: SkillCatalog;
  readonly limits: CallLimits;
  readonly now: () => number;
  /** Aborted with a `RunAborted` as its reason. */
  readonly signal: AbortSignal;
}

const WORKER_DIED: Failure = {
  code: 'internal',
  message: 'The worker died during this call. Whether it was charged is not known; it is made again.',
};

const NO_PAYER: Failure = {
  code: 'unavailable',
  reason: 'vault_sealed',
  message:
    'The worker that took this run opens no stored keys, so it was not begun. Its operator has to set VAULT there too.',
};

const OTHER_CREDENTIALS: Failure = {
  code: 'unavailable',
  message:
    'Somebody else would pay for this run now than when it was queued, so it was not begun. Start it again.',
};

/**
 * One attempt at a job: the engine on what the payer gives, told as events. What earlier attempts finished is not asked again, and what
 * they spent counts on. Returns how the job is to end.
 */
export async function runJob(
  row: JobRow,
  before: Work,
  writer: EventWriter,
  options: RunJobOptions,
): Promise<JobEnd> {
  const refused = (failure: Failure): JobEnd => ({
    result: { outcome: 'failed', failure },
    usage: before.usage,
  });
  const credentials = credentialsOf(row);
  const payer = payerOf(options.payers, credentials);
  if (payer === undefined) return refused(NO_PAYER);
  const paid = await payer.for({
    ...{ id: row.id, owner: { userId: row.owner_id, workspaceId: row.workspace_id }, handle: row.handle },
    ...{ provider: row.provider, site: requestOf(row).site, model: row.model, credentials },
    ...{ request: row.request, requestId: row.request_id, attempt: row.attempt },
  });
  if (!paid.ok) return refused(paid.failure);
  const payment = paid.value;
  let ended: JobEnd | undefined;
  try {
    if (payment.charges !== credentials) return refused(OTHER_CREDENTIALS);
    const signal = payment.taken ? AbortSignal.any([options.signal, payment.taken]) : options.signal;
    ended = await runPaid(row, before, writer, { ...options, signal, payment });
    return ended;
  } finally {
    await payment.close(ended && paidEnd(ended, before, options.signal));
  }
}

/** What this attempt cost, and how it ended; undefined for one that a worker put back into the queue when it stopped. */
function paidEnd({ result, usage }: JobEnd, before: Work, signal: AbortSignal): PaidEnd | undefined {
  if (isShutdown(signal)) return undefined;
  const costUsd = usage.costUsd === null ? null : usage.costUsd - (before.usage.costUsd ?? 0);
  return { result, costUsd };
}

async function runPaid(
  row: JobRow,
  before: Work,
  writer: EventWriter,
  { payment, catalog, limits, now, signal }: RunJobOptions & { readonly payment: Payment },
): Promise<JobEnd> {
  const request = requestOf(row);
  let usage = before.usage;
  tellStart(row, request, before, writer);
  const result = await runCompose({
    input: {
      goal: request.goal,
      caps: capsLeft(row, request.caps, before.usage),
      ...(request.redraft && { redraft: request.redraft }),
      ...(request.trial && { trial: withWrittenEvals(request.trial, before.tried) }),
      ...{ provider: row.provider, model: row.model },
    },
    catalog: catalog.snapshot(row.workspace_id),
    upstream: payment.upstream,
    model: row.model,
    effort: request.effort,
    limits,
    priceUsd: payment.priceUsd,
    estimateUsd: (inputTokens, outputTokens) => payment.priceUsd({ inputTokens, outputTokens }, null),
    now,
    signal,
    recorded: before.recorded,
    onEvent: (event) => {
      if (event.event !== 'usage') return writer.push(event);
      usage = addUsage(before.usage, event.data);
      writer.push({ event: 'usage', data: usage });
    },
  });
  await writer.flush();
  return { result, usage };
}

/**
 * The first event of all, and the end of the calls that died with an earlier worker. A redraft brings its plan along: the engine does not
 * tell it again, and who watches has only the events.
 */
function tellStart(row: JobRow, { redraft }: JobRequest, before: Work, writer: EventWriter): void {
  if (!before.begun) {
    writer.push({ event: 'run', data: { id: row.id } });
    if (redraft) {
      writer.push({ event: 'intent', data: redraft.intent });
      writer.push({ event: 'plan', data: redraft.plan });
    }
  }
  for (const { call, phase, item } of before.openCalls) {
    writer.push({
      event: 'call',
      data: { call, phase, ...(item !== undefined && { item }), state: 'failed', error: WORKER_DIED },
    });
  }
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
