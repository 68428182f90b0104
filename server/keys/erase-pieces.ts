import type { ProviderKey } from './provider-key.ts';

/** Shorter pieces stand in words by chance; this many of a key in a row do not. */
export const PIECE = 8;
/** Beside a part of the key that was overwritten before, the rest may still stand: so there shorter pieces count, too. */
const REST = 4;
const OVERWRITTEN = /\*{8}|\[redacted\]/;
const STAR = 0x2a;

/**
 * Overwrites in a provider's words every piece of the key that has `PIECE` characters or more, since those words are shown: a key that is
 * quoted in part is still quoted. In words that quote it, pieces of `REST` characters too. For a few hundred characters once a failure,
 * not for streams.
 */
export function erasePieces(key: ProviderKey): (words: string) => string {
  return (words) => {
    if (key.wiped || key.byteLength < PIECE) return words;
    const raw = key.derive(key.byteLength);
    key.copyInto(raw, 0);
    const data = Buffer.from(words);
    const quoted = overwrite(data, raw, PIECE) || OVERWRITTEN.test(words);
    if (quoted) overwrite(data, raw, REST);
    raw.fill(0);
    return quoted ? data.toString() : words;
  };
}

/** Whether there was any piece of that length. */
function overwrite(data: Buffer, raw: Buffer, length: number): boolean {
  const found: number[] = [];
  for (let from = 0; from + length <= raw.length; from += 1) {
    const piece = raw.subarray(from, from + length);
    for (let at = data.indexOf(piece); at >= 0; at = data.indexOf(piece, at + 1)) found.push(at);
  }
  for (const at of found) data.fill(STAR, at, at + length);
  return found.length > 0;
}
