import type { EventSourceMessage } from 'eventsource-parser';
import * as z from 'zod/mini';
import { type ComposeEvent, parseEvent } from '../../../shared/contract/events.ts';
import { envelope } from '../../../shared/contract/receipt.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { readFailure } from '../../config/read-failure.ts';
import { readEvents } from '../../http/read-events.ts';
import { applyEvent } from '../../run/state/apply-event.ts';
import type { RunEnd } from '../../run/state/reduce-run.ts';
import type { RunStore } from '../../run/state/run-store.ts';

/** The server signs the receipt of a cancelled run when the last upstream socket has closed. */
const AFTER_LEAVING_MS = [150, 400, 1000, 2500];
/** A failure in place of a stream is sent after its receipt was signed; one that refused the run has none. */
const AFTER_FAILURE_MS = [0];

/** Reads the answer of a run into its store, to its end. Never rejects. */
export function readInto(store: RunStore, pending: Promise<Response>, signal: AbortSignal): Promise<RunEnd> {
  return readRun(pending, (event) => store.apply(event, applyEvent), signal);
}

/** Reads the answer of a run to its end, however it ends. Never rejects. */
export async function readRun(
  pending: Promise<Response>,
  emit: (event: ComposeEvent) => void,
  signal: AbortSignal,
): Promise<RunEnd> {
  try {
    const response = await pending;
    if (!response.ok) return { kind: 'failure', failure: await readFailure(response) };
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      return {
        kind: 'failure',
        failure: {
          code: 'internal',
          message: 'The answer was no event stream. Something between this page and the server changed it.',
        },
      };
    }
    if (await readRunEvents(response.body, emit, signal)) return { kind: 'complete' };
    return signal.aborted ? { kind: 'left' } : { kind: 'cut' };
  } catch {
    return signal.aborted ? { kind: 'left' } : { kind: 'cut' };
  }
}

/** True when the stream had its last event. */
async function readRunEvents(
  body: ReadableStream<Uint8Array>,
  emit: (event: ComposeEvent) => void,
  signal: AbortSignal,
): Promise<boolean> {
  let complete = false;
  const onEvent = ({ event, data }: EventSourceMessage): void => {
    const parsed = complete ? undefined : parseEvent(event ?? '', data);
    if (!parsed) return;
    complete = parsed.event === 'done' || parsed.event === 'failed' || parsed.event === 'cancelled';
    emit(parsed);
  };
  await readEvents(body, onEvent, signal);
  return complete;
}

/** The receipt of a run that gave none in its stream, because we left it or there was no stream. A run that was not sent has no id. */
export async function fetchReceipt(store: RunStore, end: 'left' | 'failure'): Promise<void> {
  const { id } = store.get();
  if (id === undefined) return;
  for (const waitMs of end === 'left' ? AFTER_LEAVING_MS : AFTER_FAILURE_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (store.get().id !== id) return;
    const response = await fetch(ROUTES.byoReceipt(id), { cache: 'no-store' }).catch(() => undefined);
    if (!response || (response.status !== 200 && response.status !== 404)) return;
    const parsed = response.ok
      ? z.safeParse(envelope, await response.json().catch(() => undefined))
      : undefined;
    if (parsed?.success) return store.receipt(id, parsed.data);
  }
}
