import { holdsKey } from '../keys/holds-key.ts';
import { type Closed, type KeyUpstream, openUpstream } from '../keys/key-upstream.ts';
import type { CallRecord } from '../providers/calls/call-answer.ts';
import { createEstimate, priceUsd } from '../providers/prices.ts';
import { onDisconnect } from '../runs/on-disconnect.ts';
import { RunAborted } from '../runs/run-aborted.ts';
import { type RunResult, runCompose } from '../runs/run-compose.ts';
import type { ByoRun } from './byo-parts.ts';
import { type RunTimer, startRunTimer } from './run-timer.ts';

/**
 * The part of a run in which the key exists: it is wiped when this returns or throws. Sends every event but the last one. `closed` is
 * there for a client that left: how long it took until the sockets to the provider were closed.
 */
export async function runByo(run: ByoRun): Promise<{ result: RunResult; closed: Closed | null }> {
  const { c, admitted, stream, parts } = run;
  const controller = new AbortController();
  let opened: KeyUpstream | undefined;
  let closing: Promise<Closed> | undefined;
  let stopListening: (() => void) | undefined;
  const left = (): void => {
    if (c.env.outgoing.writableFinished || controller.signal.aborted) return;
    controller.abort(new RunAborted('left'));
    closing = opened?.closed();
  };
  const timer = startRunTimer(parts.limits.runMs, parts.now, () =>
    controller.abort(new RunAborted('run_time')),
  );
  const head = setTimeout(() => stream.open(), parts.headWaitMs);
  parts.running.add(controller);
  parts.metrics.activeStreams.inc();
  try {
    opened = openUpstream(admitted.key, admitted.vendor, admitted.origin, parts);
    // Listens to the response's close event. The request's fires as soon as its body has been read.
    stopListening = onDisconnect(c.env, left);
    const result = await composeOn(opened, run, controller.signal, timer);
    return { result, closed: closing === undefined ? null : await closing };
  } catch (bug) {
    controller.abort(new RunAborted('shutdown'));
    throw bug;
  } finally {
    timer.stop();
    clearTimeout(head);
    stopListening?.();
    admitted.release();
    opened?.close();
    parts.running.delete(controller);
    parts.metrics.activeStreams.dec();
  }
}

function composeOn(
  { upstream }: KeyUpstream,
  { admitted, stream, ledger, parts }: ByoRun,
  signal: AbortSignal,
  timer: RunTimer,
): Promise<RunResult> {
  const { request, vendor, runId, key, workspaceId } = admitted;
  const catalog = parts.catalog.snapshot(workspaceId);
  return runCompose({
    input: request,
    catalog,
    review: request.review
      ? async (planned, tell) => {
          timer.pause();
          const reviewed = await parts.reviews.wait({
            run: runId,
            planned,
            catalog,
            tell,
            signal,
            holdsKey: (text) => holdsKey(key, text),
          });
          timer.resume();
          return reviewed;
        }
      : undefined,
    upstream,
    model: request.model,
    effort: request.effort,
    limits: parts.limits,
    priceUsd: (usage, answered) => priceUsd(vendor, request.model, usage, answered),
    estimateUsd: createEstimate(vendor, request.model),
    now: parts.now,
    signal,
    gate: stream.gate,
    // A refused first call can still be a status of its own; an accepted one opens the stream.
    onHead: (ok) => ok && stream.open(),
    onCall: (record: CallRecord) => {
      ledger.call(record);
      parts.metrics.upstreamMs.observe({ provider: vendor.id, phase: record.phase }, record.ms);
    },
    onEvent: (event) => {
      ledger.event(event);
      stream.send(event);
    },
  });
}
