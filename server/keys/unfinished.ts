import { FOLD, type KeyText } from './key-texts.ts';
import { LEAST_RUN, runAtEnd } from './layers/encoded-runs.ts';
import { unwrap } from './layers/unwrap.ts';
import { forward } from './match-text.ts';
import { LONGEST_UNIT, SIGNS } from './read-unit.ts';

const QUOTE = 0x22;
const TAG = 0x3c;

/** How many bytes at the end are a beginning of one of the texts and not yet the whole of it, or a row of base64 that may go on. */
export function unfinishedIn(data: Buffer, texts: readonly KeyText[]): number {
  const end = data.length;
  // A key without escapes is not longer than its hex.
  const longest = Math.max(...texts.map(({ bytes }) => bytes.length));
  const mayBeEscaped = SIGNS.some((sign) => data.includes(sign, -LONGEST_UNIT * longest));
  const most = mayBeEscaped ? LONGEST_UNIT * longest : longest;
  let from = end;
  while (from > 0 && end - from < most && isInside(texts, data[from - 1])) from -= 1;
  const under = mayBeEscaped ? underEscapes(data.subarray(from), texts) : 0;
  for (let at = from; at < end - under; at++) if (begins(data, at, texts, mayBeEscaped)) return end - at;
  if (under > 0) return under;
  const run = runAtEnd(data, most + longest);
  return run >= LEAST_RUN ? run : 0;
}

/** What is escaped once more is held back until it ends: what it begins with tells nothing. */
function underEscapes(data: Buffer, texts: readonly KeyText[]): number {
  const layer = unwrap(data);
  try {
    const { bytes } = layer;
    if (bytes.length === data.length) return 0;
    if (bytes.some(isSign) || runAtEnd(bytes, LEAST_RUN) >= LEAST_RUN) return data.length;
    for (let at = 0; at < bytes.length; at++)
      if (begins(bytes, at, texts, true)) return data.length - layer.startOf(at);
    return 0;
  } finally {
    layer.wipe();
  }
}

/** No blank and no quotation mark, unless the key has one: what a key and its escapes are made of. */
function isInside(texts: readonly KeyText[], byte = 0): boolean {
  return byte > 0x20 && byte < 0x7f && (byte !== QUOTE || texts[0]?.bytes.includes(QUOTE) === true);
}

function begins(data: Uint8Array, at: number, texts: readonly KeyText[], mayBeEscaped: boolean): boolean {
  const first = FOLD[data[at] ?? 0];
  const escaped = isSign(data[at]);
  return texts.some(({ bytes }) => {
    if (!escaped && bytes[0] !== first) return false;
    if (!mayBeEscaped && data.length - at >= bytes.length) return false;
    const { to, next } = forward(data, at, bytes, 0);
    // The data may end in the middle of an escape.
    const rest = data.length - to;
    if (rest === 0) return next > 0 && next < bytes.length;
    return next < bytes.length && rest < LONGEST_UNIT && (isSign(data[to]) || isSign(data[to - 1]));
  });
}

const isSign = (byte = 0): boolean => byte === TAG || SIGNS.includes(byte);
