import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { ReadJson } from './read-json.ts';

const VALUE = /^[\x21-\x7e]{1,255}$/;

/**
 * A client's own name for one request (header `Idempotency-Key`), with a digest of the body that it stands for: the same name and body
 * again is the same request, the same name with another body is a mistake. Nothing of a provider's key is in it.
 */
export interface IdempotencyKey {
  readonly value: string;
  /** SHA-256 of the body. */
  readonly digest: Buffer;
}

/** Undefined: the client sent none. */
export function readIdempotencyKey(c: Context, body: Uint8Array): ReadJson<IdempotencyKey | undefined> {
  const value = c.req.header('idempotency-key');
  if (value === undefined) return { ok: true, value };
  if (VALUE.test(value))
    return { ok: true, value: { value, digest: createHash('sha256').update(body).digest() } };
  const message = 'An Idempotency-Key has 1 to 255 printable characters.';
  return { ok: false, failure: { code: 'invalid_field', message, field: 'idempotency-key' } };
}
