/** A key is searched for in pieces of so many bytes. */
export const BLOCK = 16;
/** In a table of bytes: occurs in the key, or in one of its spellings. */
export const RAW = 2;
export const SPELLED = 1;

/**
 * Whether a key of that length, a piece or a spelling of it may be in there: only where enough of its bytes stand in a row. This looks
 * at every second byte or so and costs a fiftieth of the twenty searches that it saves.
 */
export function mayHold(data: Uint8Array, table: Uint8Array, keyBytes: number): boolean {
  // No spelling is shorter than the key.
  return hasRun(data, table, RAW, Math.min(BLOCK, keyBytes)) || hasRun(data, table, SPELLED, keyBytes);
}

function hasRun(data: Uint8Array, table: Uint8Array, mark: number, length: number): boolean {
  for (let end = length; end <= data.length; ) {
    let at = end - 1;
    while (at >= end - length && (table[data[at] ?? 0] ?? 0) & mark) at -= 1;
    if (at < end - length) return true;
    // Every run from here on begins behind the byte that has no mark.
    end = at + 1 + length;
  }
  return false;
}

/** Each needle once: of 511 equal ones (blocks of a key of one letter) every one would be found at every place of a text like it. */
export function unique(needles: readonly Buffer[]): readonly Buffer[] {
  return needles.filter((a, i) => a.length > 0 && needles.findIndex((b) => b.equals(a)) === i);
}
