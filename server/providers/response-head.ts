import { RATE_HEADERS, type ResponseHeaders } from '../../shared/providers/refusals/retry-after.ts';
import type { Upstream } from './upstream.ts';

/** The only response headers that are ever decoded. A provider may echo the key in any of the others. */
const WANTED = [
  'content-type',
  'content-encoding',
  'retry-after',
  'retry-after-ms',
  'date',
  'x-amzn-errortype',
  ...RATE_HEADERS,
];
const MAX_VALUE_BYTES = 512;

/** The wanted headers of a raw head, cleaned as bytes before they become strings. */
export function readHead(raw: readonly (Buffer | string)[], upstream: Upstream): ResponseHeaders {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = String(raw[i]).toLowerCase();
    const given = raw[i + 1] ?? '';
    if (!WANTED.includes(name) && !upstream.vendor.requestIdHeaders.includes(name)) continue;
    // Not copied: what is erased in it shall be gone. One cleaner per value: each is a whole.
    const value = typeof given === 'string' ? Buffer.from(given) : given;
    const clean = upstream.cleaner?.()(value, true) ?? value;
    if (clean.length <= MAX_VALUE_BYTES) headers[name] ??= clean.toString('latin1');
  }
  return headers;
}

/** No compression was asked for, and 275 bytes of gzip can become 200 MB. */
export function isCompressed(headers: ResponseHeaders): boolean {
  return !/^\s*(?:identity)?\s*$/i.test(headers['content-encoding'] ?? '');
}
