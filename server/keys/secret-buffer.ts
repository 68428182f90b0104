import { secretBytes } from '../../shared/sealing/secret-bytes.ts';

/** The same memory with a Buffer's methods. */
export function secretBuffer(byteLength: number): Buffer {
  return Buffer.from(secretBytes(byteLength).buffer);
}
