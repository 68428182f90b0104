/** Deeper than the 12 KiB that libuv's poll and the 16 KiB that a TLS read take of the stack, with the frames between them. */
const LEVELS = 1200;

/**
 * Overwrites what lies below the event loop's frame on the stack. Node decrypts into 16 KiB there and leaves them as they are: an echoed
 * key would lie there until the next read of that length. On a turn of its own, for within the read those bytes are not below.
 */
export function scrubStack(): void {
  setImmediate(() => void descend(LEVELS, 0, 0, 0, 0, 0, 0, 0, 0));
}

function descend(
  left: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
): number {
  return left === 0 ? a + b + c + d + e + f + g + h : descend(left - 1, b, c, d, e, f, g, h, left) + left;
}
