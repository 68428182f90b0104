import { createParser } from 'eventsource-parser';
import { type ComposeEvent, parseEvent } from '../../shared/contract/events.ts';
import { readFailure } from '../config/read-failure.ts';
import type { RunEnd } from './reduce-run.ts';

/** After 15 s of silence the server writes a comment; seven checks of 5 s without a byte mean that nobody is there any more. */
const CHECK_EVERY_MS = 5000;
const SILENT_CHECKS = 7;
/** One event; the longest is a draft, which the server bounds far below. */
const MAX_EVENT_CHARS = 8_000_000;

/** Reads the answer of a run to its end, however it ends. Never rejects. */
export async function readRun(pending: Promise<Response>, emit: (event: ComposeEvent) => void, signal: AbortSignal): Promise<RunEnd> {
  try {
    const response = await pending;
    if (!response.ok) return { kind: 'failure', failure: await readFailure(response) };
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      return {
        kind: 'failure',
        failure: { code: 'internal', message: 'The answer was no event stream. Something between this page and the server changed it.' },
      };
    }
    if (await readEvents(response.body, emit, signal)) return { kind: 'complete' };
    return signal.aborted ? { kind: 'left' } : { kind: 'cut' };
  } catch {
    return signal.aborted ? { kind: 'left' } : { kind: 'cut' };
  }
}

/** True when the stream had its last event. A reader, not `for await`: Safari has that only from 27. */
async function readEvents(body: ReadableStream<Uint8Array>, emit: (event: ComposeEvent) => void, signal: AbortSignal): Promise<boolean> {
  let complete = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT_CHARS,
    onEvent({ event, data }) {
      const parsed = complete ? undefined : parseEvent(event ?? '', data);
      if (!parsed) return;
      complete = parsed.event === 'done' || parsed.event === 'failed' || parsed.event === 'cancelled';
      emit(parsed);
    },
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  let silent = 0;
  // Counted, not one long timer: after a laptop's sleep a timer is overdue although the bytes are there.
  const watch = setInterval(() => {
    silent += 1;
    if (silent >= SILENT_CHECKS) stop();
  }, CHECK_EVERY_MS);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      silent = 0;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', stop);
  }
  return complete;
}
