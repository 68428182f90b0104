import { createParser, type EventSourceMessage } from 'eventsource-parser';

/** After 15 s of silence the server writes a comment; seven checks of 5 s without a byte mean that nobody is there any more. */
const CHECK_EVERY_MS = 5000;
const SILENT_CHECKS = 7;
/** One event; the longest is a draft, which the server bounds far below. */
const MAX_EVENT_CHARS = 8_000_000;

/**
 * Reads server-sent events until the stream ends, the server falls silent or `signal` is aborted; rejects when the connection breaks.
 * A reader, not `for await`: Safari has that only from 27.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: EventSourceMessage) => void,
  signal: AbortSignal,
): Promise<void> {
  const parser = createParser({ maxBufferSize: MAX_EVENT_CHARS, onEvent });
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
      if (done) return;
      silent = 0;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearInterval(watch);
    signal.removeEventListener('abort', stop);
  }
}
