import { statusOf } from '../../shared/contract/failure.ts';
import { RECEIPT_TYPE } from '../../shared/contract/receipt.ts';
import type { Closed } from '../keys/key-upstream.ts';
import { lastEvent, type RunResult } from '../runs/run-compose.ts';
import type { ByoRun } from './byo-parts.ts';

export interface EndedRun {
  readonly result: RunResult;
  /** For a client that left: how long it took until the provider's sockets were closed. */
  readonly closed: Closed | null;
  readonly ms: number;
}

/** Receipt, audit entry, counters and log line; then the receipt and the last event, if anyone still listens. */
export async function reportRun(
  { c, admitted, stream, ledger, parts }: ByoRun,
  { result, closed, ms }: EndedRun,
): Promise<void> {
  const { runId, request, vendor, origin, key } = admitted;
  const { outcome } = result;
  const failure = result.outcome === 'failed' ? result.failure : undefined;
  const status = outcome === 'done' ? 200 : statusOf(failure?.code ?? 'cancelled');
  const credentials = key.byteLength > 0 ? 'user' : 'none';
  const used = { provider: vendor.id, model: request.model, outcome, credentials } as const;
  const auditEntries = await parts.audit(c, { ...used, runId, requestId: c.var.requestId });
  const envelope = parts.signer.sign(
    RECEIPT_TYPE,
    ledger.receipt({
      ...used,
      run: runId,
      issuedAt: new Date(parts.wallClock()).toISOString(),
      build: parts.build,
      host: new URL(origin).host,
      ...(failure && { failure: failure.code }),
      ...(failure?.said !== undefined && { said: failure.said }),
      ms,
      cancel: closed && { phase: ledger.phase, ...closed },
      // Nothing in byo/ can reach the database: a test over the import graph holds that.
      rowsWritten: 0,
      auditEntries,
    }),
  );
  await parts.receipts.keep(runId, envelope);
  if (closed) parts.metrics.cancelMs.observe(closed.closedMs);
  parts.metrics.byoRuns.inc({ provider: vendor.id, outcome });
  parts.metrics.byoStatus.inc({ status: String(status) });
  parts.log.info('byo run', {
    request: c.var.requestId,
    run: runId,
    provider: vendor.id,
    outcome,
    status,
    code: failure?.code,
    reason: failure?.reason,
    phase: ledger.phase,
    ms,
    closedMs: closed?.closedMs,
  });

  stream.send({ event: 'receipt', data: envelope });
  stream.send(lastEvent(result));
}
