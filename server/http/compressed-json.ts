import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { chooseEncoding } from './accept-encoding.ts';

/** Made for each answer: quality 11 takes ten times as long. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/**
 * A larger answer compressed, for who takes it. Not for answers that hold both a secret and what a stranger may put there: their length
 * would tell of the secret (BREACH).
 */
export function compressedJson(c: Context, value: unknown): Response {
  const text = JSON.stringify(value);
  const headers = { 'content-type': 'application/json', vary: 'accept-encoding' };
  const encoding = chooseEncoding(c.req.header('accept-encoding'), ['br', 'gzip']);
  if (encoding === undefined) return c.body(text, 200, headers);
  const bytes = encoding === 'br' ? brotliCompressSync(text, BROTLI) : gzipSync(text);
  return c.body(new Uint8Array(bytes), 200, { ...headers, 'content-encoding': encoding });
}
