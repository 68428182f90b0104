import { timingSafeEqual } from 'node:crypto';
import type { ProviderKey } from '../keys/provider-key.ts';
import { secretBuffer } from '../keys/secret-buffer.ts';

/** In memory and in constant time: no hash of a key is kept by which two could be compared otherwise. */
export function isSameKey(one: ProviderKey, other: ProviderKey): boolean {
  if (one.byteLength !== other.byteLength) return false;
  const [a, b] = [secretBuffer(one.byteLength), secretBuffer(one.byteLength)];
  one.copyInto(a, 0);
  other.copyInto(b, 0);
  try {
    return timingSafeEqual(a, b);
  } finally {
    a.fill(0);
    b.fill(0);
  }
}

/** Below this length four characters would tell much of a key. */
const LEAST_BYTES = 20;

/** To tell keys apart in a list: the one part of a key that is ever stored. Null where it would tell much. */
export function lastFourOf(key: ProviderKey): string | null {
  if (key.byteLength < LEAST_BYTES) return null;
  const bytes = secretBuffer(key.byteLength);
  key.copyInto(bytes, 0);
  const four = bytes.toString('latin1', bytes.length - 4);
  bytes.fill(0);
  return four;
}
