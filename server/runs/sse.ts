import { NO_STORE } from '../http/security-headers.ts';

/** Response headers of an event stream: proxies and caches on the way may neither keep, join nor change what comes. */
export const SSE_HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': NO_STORE,
  'x-accel-buffering': 'no',
} as const;

/** A comment, which readers skip: it keeps the connection open and shows whether the other end is still there. */
export const SSE_COMMENT = ': still here\n\n';

/** One event. Without an id, a client that reconnects does not resume after it. */
export function sseEvent(name: string, data: unknown, id?: number): string {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${name}\n${idLine}data: ${JSON.stringify(data)}\n\n`;
}
