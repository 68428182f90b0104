import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Failure, statusOf } from '../../shared/contract/failure.ts';
import { RUN_ID_HEADER, type RunRequest, runRequest } from '../../shared/contract/run-request.ts';
import { failureResponse } from '../http/failure-response.ts';
import { type Closed, type DoorParts, type KeyDoor, openDoor } from '../keys/key-door.ts';
import type { CallLimits } from '../providers/create-ask.ts';
import type { ReceiptSigner } from '../receipts/receipt-signer.ts';
import type { ReceiptStore } from '../receipts/receipt-store.ts';
import { RunLedger } from '../receipts/run-ledger.ts';
import { EventStream } from '../runs/event-stream.ts';
import { RunEnded } from '../runs/run-end.ts';
import { whenLeft } from '../runs/when-left.ts';
import { bugFields, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { type AdmitParts, type Admitted, admit, type ByoContext } from './admit.ts';
import { type RunOutcome, runByo } from './run-byo.ts';

export interface ByoParts extends AdmitParts, DoorParts {
  readonly build: string;
  readonly limits: CallLimits;
  readonly runLimitMs: number;
  readonly heartbeatMs: number;
  readonly receipts: ReceiptStore;
  readonly signer: ReceiptSigner;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Runs under way, to be ended when the server stops. */
  readonly running: Set<AbortController>;
  /** Adds the run to a signed-in user's audit log, and whether a user's key was used; how many entries that were. */
  readonly audit: (
    c: ByoContext,
    entry: {
      readonly provider: string;
      readonly model: string;
      readonly outcome: RunOutcome['outcome'];
      readonly credentials: 'user' | 'none';
      readonly run: string;
      readonly requestId: string;
    },
  ) => Promise<number>;
}

/** The head waits this long for the first upstream head, so that a rejected key or a rate limit is a real status. */
const HEAD_WAIT_MS = 1000;

const BROKEN: Failure = {
  code: 'internal',
  message: 'Something broke on this server. The drafts are kept: redo what is missing.',
};

/** `POST /v1/intent/byo`: one run on the key in the header, streamed back on the same response. */
export function createByoRoute(parts: ByoParts): (c: ByoContext) => Promise<Response> {
  return async (c) => {
    const admission = await admit(c, runRequest, parts);
    if (!admission.ok) return refuse(c, admission, parts);
    const { run, release } = admission.value;
    const stream = new EventStream(c.env.outgoing, { [RUN_ID_HEADER]: run }, parts.heartbeatMs);
    let end: RunOutcome;
    try {
      stream.send({ event: 'run', data: { id: run } });
      const ledger = new RunLedger();
      const startedAt = parts.now();
      const { end: ended, closed } = await runWithKey(c, admission.value, stream, ledger, parts);
      end = ended;
      await report(
        c,
        admission.value,
        { end, closed, ledger, ms: Math.round(parts.now() - startedAt) },
        stream,
        parts,
      );
    } catch (bug) {
      parts.log.error('byo run broke', { run, ...bugFields(bug) });
      end = { outcome: 'failed', failure: BROKEN };
      stream.send({ event: 'failed', data: { error: BROKEN } });
    } finally {
      release();
    }

    if (end.outcome === 'failed' && !stream.opened && !c.env.outgoing.destroyed) {
      stream.abandon();
      return failureResponse(c, end.failure, { [RUN_ID_HEADER]: run });
    }
    stream.end();
    return RESPONSE_ALREADY_SENT;
  };
}

function refuse(
  c: ByoContext,
  { run, failure }: { readonly run: string; readonly failure: Failure },
  { metrics, log }: ByoParts,
): Response {
  const status = statusOf(failure.code);
  metrics.byoStatus.inc({ status: String(status) });
  log.info('byo refused', {
    request: c.var.requestId,
    run,
    status,
    code: failure.code,
    reason: failure.reason,
  });
  return failureResponse(c, failure, { [RUN_ID_HEADER]: run });
}

/** The part of a run in which the key exists: it is wiped when this returns, whatever happened. */
async function runWithKey(
  c: ByoContext,
  { key, vendor, origin, request, run, release }: Admitted<RunRequest>,
  stream: EventStream,
  ledger: RunLedger,
  parts: ByoParts,
): Promise<{ end: RunOutcome; closed: Closed | null }> {
  const { outgoing } = c.env;
  const controller = new AbortController();
  let door: KeyDoor | undefined;
  const timer = setTimeout(() => controller.abort(new RunEnded('run_time')), parts.runLimitMs);
  const head = setTimeout(() => stream.open(), HEAD_WAIT_MS);
  let closing: Promise<Closed> | undefined;
  let forget: (() => void) | undefined;
  const left = (): void => {
    if (outgoing.writableFinished || controller.signal.aborted) return;
    controller.abort(new RunEnded('left'));
    closing = door?.closed();
  };
  parts.running.add(controller);
  parts.metrics.activeStreams.inc();
  const onCall = (record: Parameters<RunLedger['call']>[0]): void => {
    ledger.call(record);
    parts.metrics.upstreamMs.observe({ provider: vendor.id, phase: record.phase }, record.ms);
  };
  try {
    door = openDoor(key, vendor, origin, parts);
    // The response's close, not the request's: that one fires when its body has been read.
    forget = whenLeft(c.env, left);
    const end = await runByo(request, stream, ledger, {
      upstream: door.upstream,
      limits: parts.limits,
      now: parts.now,
      signal: controller.signal,
      onCall,
    });
    return { end, closed: closing === undefined ? null : await closing };
  } catch (bug) {
    parts.log.error('byo run broke', { run, ...bugFields(bug) });
    controller.abort(new RunEnded('shutdown'));
    return { end: { outcome: 'failed', failure: BROKEN }, closed: null };
  } finally {
    clearTimeout(timer);
    clearTimeout(head);
    forget?.();
    release();
    door?.shut();
    parts.running.delete(controller);
    parts.metrics.activeStreams.dec();
  }
}

interface Ended {
  readonly end: RunOutcome;
  readonly closed: Closed | null;
  readonly ledger: RunLedger;
  readonly ms: number;
}

/** Receipt, audit entry, counter and log line; then the receipt and the last event, if anyone still listens. */
async function report(
  c: ByoContext,
  { run, request, vendor, origin, key }: Admitted<RunRequest>,
  ended: Ended,
  stream: EventStream,
  parts: ByoParts,
): Promise<void> {
  const { end, closed, ledger, ms } = ended;
  const failure = end.outcome === 'failed' ? end.failure : undefined;
  const status = end.outcome === 'done' ? 200 : statusOf(failure?.code ?? 'cancelled');
  const credentials = key.byteLength > 0 ? 'user' : 'none';
  const used = { provider: vendor.id, model: request.model, outcome: end.outcome, credentials } as const;
  const auditEntries = await parts.audit(c, { ...used, run, requestId: c.var.requestId });
  const envelope = parts.signer.sign(
    ledger.receipt({
      run,
      issuedAt: new Date(parts.wallClock()).toISOString(),
      build: parts.build,
      credentials,
      provider: vendor.id,
      host: new URL(origin).host,
      model: request.model,
      outcome: end.outcome,
      ...(failure && { failure: failure.code }),
      ms,
      cancel: closed && { phase: ledger.phase, ...closed },
      // Nothing in byo/ can reach the database: a test over the import graph holds that.
      rowsWritten: 0,
      auditEntries,
    }),
  );
  parts.receipts.keep(run, envelope);
  if (closed) parts.metrics.cancelMs.observe(closed.closedMs);
  parts.metrics.byoRuns.inc({ provider: vendor.id, outcome: end.outcome });
  parts.metrics.byoStatus.inc({ status: String(status) });
  parts.log.info('byo run', {
    request: c.var.requestId,
    run,
    provider: vendor.id,
    outcome: end.outcome,
    status,
    code: failure?.code,
    reason: failure?.reason,
    phase: ledger.phase,
    ms,
    closedMs: closed?.closedMs,
  });

  stream.send({ event: 'receipt', data: envelope });
  if (end.outcome === 'done') stream.send({ event: 'done', data: { drafts: end.drafts } });
  else if (failure) stream.send({ event: 'failed', data: { error: failure } });
  else stream.send({ event: 'cancelled', data: {} });
}
