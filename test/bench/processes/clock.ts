/** Microseconds of the machine's monotonic clock, which all its processes share. */
export function sharedUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

let last = 0;

/** In every delta of the source: when it was written, no two alike. Digits of base 36 between tildes, which no wire format escapes. */
export function stamp(): string {
  last = Math.max(last + 1, sharedUs());
  return `~${last.toString(36)}~`;
}

export const STAMP = /~([0-9a-z]{5,11})~/g;
/** Longer than a stamp: what a chunk's end may hold of one. */
export const STAMP_CHARS = 14;
