import { gzipSync } from 'node:zlib';
import type { Context } from 'hono';
import { chooseEncoding } from './accept-encoding.ts';

/**
 * A larger answer as gzip, for who takes it. Not for answers that hold both a secret and what a stranger may put there: their length
 * would tell of the secret (BREACH).
 */
export function compressedJson(c: Context, value: unknown): Response {
  const text = JSON.stringify(value);
  const headers = { 'content-type': 'application/json', vary: 'accept-encoding' };
  if (chooseEncoding(c.req.header('accept-encoding'), ['gzip']) === undefined)
    return c.body(text, 200, headers);
  return c.body(new Uint8Array(gzipSync(text)), 200, { ...headers, 'content-encoding': 'gzip' });
}
