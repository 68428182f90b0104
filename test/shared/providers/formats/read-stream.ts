import type { Reading } from '../../../../shared/providers/answer.ts';
import { StreamReader } from '../../../../shared/providers/formats/stream-reader.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';

const MAX_EVENT = 4 * 1024 * 1024;

/** Runs chunks through the real decoder, parser and reader. `shown` is what a watcher saw. */
export function readStream(
  vendor: Vendor,
  chunks: Iterable<Uint8Array | string>,
  maxEventChars = MAX_EVENT,
): Reading & { readonly shown: string } {
  let shown = '';
  const reader = new StreamReader(vendor, maxEventChars, (delta) => {
    shown += delta;
  });
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return { ...reader.end(), shown };
}

/** SSE bytes of JSON events, or of strings as they are. */
export function sse(...events: readonly (object | string)[]): string {
  return events
    .map((event) => (typeof event === 'string' ? event : `data: ${JSON.stringify(event)}\n\n`))
    .join('');
}
