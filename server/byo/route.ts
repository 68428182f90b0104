import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Failure, statusOf } from '../../shared/contract/failure.ts';
import { RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { runRequest } from '../../shared/contract/run-request.ts';
import { failureResponse } from '../http/failure-response.ts';
import type { Closed } from '../keys/key-upstream.ts';
import { RunLedger } from '../receipts/run-ledger.ts';
import { EventStream } from '../runs/event-stream.ts';
import type { RunResult } from '../runs/run-compose.ts';
import { bugFields } from '../telemetry/log.ts';
import { admit, type ByoContext } from './admit.ts';
import type { ByoParts, ByoRun } from './byo-parts.ts';
import { refuse } from './refuse.ts';
import { reportRun } from './report-run.ts';
import { runByo } from './run-byo.ts';

const BROKEN: Failure = {
  code: 'internal',
  message: 'Something broke on this server. The drafts are kept: redo what is missing.',
};

/** `POST /v1/intent/byo`: one run on the key in the header, streamed back on the same response. */
export function createByoRoute(parts: ByoParts): (c: ByoContext) => Promise<Response> {
  return async (c) => {
    const admission = await admit(c, runRequest, parts);
    if (!admission.ok) {
      parts.metrics.byoStatus.inc({ status: String(statusOf(admission.failure.code)) });
      return refuse(c, 'byo refused', admission, parts);
    }
    const admitted = admission.value;
    const { runId } = admitted;
    const stream = new EventStream(c.env.outgoing, { [RUN_ID_HEADER]: runId }, parts.heartbeatMs);
    const result = await runAndReport({ c, admitted, stream, ledger: new RunLedger(), parts });

    if (result.outcome === 'failed' && !stream.opened && !c.env.outgoing.destroyed) {
      stream.abandon();
      return failureResponse(c, result.failure, { [RUN_ID_HEADER]: runId });
    }
    stream.end();
    return RESPONSE_ALREADY_SENT;
  };
}

/** The key is wiped when this returns, whatever happened. */
async function runAndReport(run: ByoRun): Promise<RunResult> {
  const { admitted, stream, parts } = run;
  try {
    stream.send({ event: 'run', data: { id: admitted.runId } });
    const startedAt = parts.now();
    const { result, closed } = await runSafely(run);
    await reportRun(run, { result, closed, ms: Math.round(parts.now() - startedAt) });
    return result;
  } catch (bug) {
    stream.send({ event: 'failed', data: { error: BROKEN } });
    return broken(run, bug);
  } finally {
    admitted.release();
  }
}

/** A bug in the run is reported like any other failure. */
async function runSafely(run: ByoRun): Promise<{ result: RunResult; closed: Closed | null }> {
  try {
    return await runByo(run);
  } catch (bug) {
    return { result: broken(run, bug), closed: null };
  }
}

function broken({ admitted, parts }: ByoRun, bug: unknown): RunResult & { outcome: 'failed' } {
  parts.log.error('byo run broke', { run: admitted.runId, ...bugFields(bug) });
  return { outcome: 'failed', failure: BROKEN };
}
