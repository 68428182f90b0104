import { hkdfSync } from 'node:crypto';

/**
 * Fields in one sequence of bytes that can be read in one way only: each one's length (16 bits, big endian) and then its bytes, text as
 * UTF-8 and numbers in decimals. What a root signs and what ciphertexts are bound to is written so.
 */
export function joinFields(...values: readonly (string | number | Uint8Array)[]): Buffer {
  const parts = values.flatMap((value) => {
    const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return [length, bytes];
  });
  return Buffer.concat(parts);
}

/** HKDF-SHA256 (RFC 5869). The memory is the result's own, outside of V8's heap, and the caller wipes it. */
export function derive(from: Uint8Array, salt: Uint8Array, info: Uint8Array, byteLength: number): Buffer {
  return Buffer.from(hkdfSync('sha256', from, salt, info, byteLength));
}
