import type { EventSourceMessage } from 'eventsource-parser';
import { type ComposeEvent, parseEvent } from '../../shared/contract/events.ts';
import { readFailure } from '../config/read-failure.ts';
import { readEvents } from '../http/read-events.ts';
import type { RunEnd } from '../run/state/reduce-run.ts';

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
