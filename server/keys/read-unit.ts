/**
 * How one character of a key may be written down in what a provider sends back: as itself, or escaped. No state; knows no key.
 */

const [BACKSLASH, PERCENT, AND, HASH, EQUALS, SEMICOLON] = [0x5c, 0x25, 0x26, 0x23, 0x3d, 0x3b];
const [OPEN, CLOSE, SMALL_U, BIG_U, SMALL_X] = [0x7b, 0x7d, 0x75, 0x55, 0x78];
/** What an escape may begin with. */
export const SIGNS: readonly number[] = [BACKSLASH, PERCENT, AND, EQUALS];
/** The longest escape: `&amp;#x0000073;` */
export const LONGEST_UNIT = 15;
/** A text in a text in a text doubles them twice: so deep is an answer read (`shared/compose/answers/read-structured.ts`). */
const MAX_BACKSLASHES = 4;
/** `0000073`: zeros in front, as far as anybody writes them. */
const MOST_DIGITS = 7;
/** `&amp;`: an entity that was escaped once more. */
const AMP = [0x61, 0x6d, 0x70, SEMICOLON];
/** So many bytes of blanks may stand between two lines. */
const LONGEST_BREAK = 8;

/** What was read: the character's byte, and eight bits further the bytes that it takes. 0: no escape. */
export type Unit = number;
const unit = (value: number, length: number): Unit => (value >= 0 && value < 256 ? value | (length << 8) : 0);

function digit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** The number that so many hex digits at `at` stand for; below 0 when they are no hex digits. */
export function hexAt(data: Uint8Array, at: number, digits = 2): number {
  let value = 0;
  for (let i = at; i < at + digits; i++) {
    const next = digit(data[i]);
    if (next < 0) return -1;
    value = value * 16 + next;
  }
  return value;
}

/** What one to `MOST_DIGITS` digits at `at` stand for when `end` follows them, and the place of `end`; below 0 when they do not stand there. */
export function numberAt(
  data: Uint8Array,
  at: number,
  radix: number,
  end: number,
): readonly [number, number] {
  let value = 0;
  for (let i = at; i <= at + MOST_DIGITS; i++) {
    if (data[i] === end) return [i > at ? value : -1, i];
    const next = digit(data[i]);
    if (next < 0 || next >= radix) break;
    value = value * radix + next;
  }
  return [-1, at];
}

/**
 * The escape that begins there: `\u0073`, `\\\\u0073`, `\u{73}`, `\U00000073`, `\x73`, `\/`, `%73`, `%252573`, `%25u0073`, `&#115;`, `&#x0073;`,
 * `&amp;#115;`, `=73`.
 */
export function escapeAt(data: Uint8Array, at: number): Unit {
  const byte = data[at];
  if (byte === PERCENT) return percentAt(data, at);
  if (byte === EQUALS) return unit(hexAt(data, at + 1), 3);
  if (byte === BACKSLASH) return backslashAt(data, at);
  return byte === AND ? entityAt(data, at) : 0;
}

function percentAt(data: Uint8Array, at: number): Unit {
  let from = at + 1;
  // escaped once more, and once more again
  while (from < at + 5 && hexAt(data, from) === PERCENT && isCode(data, from + 2)) from += 2;
  if (data[from] === SMALL_U) return unit(hexAt(data, from + 1, 4), from + 5 - at);
  return unit(hexAt(data, from), from + 2 - at);
}

const isCode = (data: Uint8Array, at: number): boolean => hexAt(data, at) >= 0 || data[at] === SMALL_U;

function backslashAt(data: Uint8Array, at: number): Unit {
  let end = at + 1;
  while (end < at + MAX_BACKSLASHES && data[end] === BACKSLASH) end += 1;
  const slashes = end - at;
  const kind = data[end] ?? 0;
  const itself = slashes > 1 ? unit(BACKSLASH, 2) : 0;
  if (kind === 0x22 || kind === 0x2f) return unit(kind, slashes + 1);
  if (kind !== SMALL_U && kind !== BIG_U && kind !== SMALL_X) return itself;
  if (data[end + 1] === OPEN) {
    const [value, close] = numberAt(data, end + 2, 16, CLOSE);
    return unit(value, close + 1 - at) || itself;
  }
  const digits = kind === SMALL_X ? 2 : kind === SMALL_U ? 4 : 8;
  return unit(hexAt(data, end + 1, digits), slashes + 1 + digits) || itself;
}

function entityAt(data: Uint8Array, at: number): Unit {
  const hash = at + (AMP.every((byte, i) => data[at + 1 + i] === byte) ? 5 : 1);
  if (data[hash] !== HASH) return 0;
  const radix = ((data[hash + 1] ?? 0) | 0x20) === SMALL_X ? 16 : 10;
  const [value, end] = numberAt(data, hash + (radix === 16 ? 2 : 1), radix, SEMICOLON);
  return unit(value, end + 1 - at);
}

/** How long an escape may be that ends with this byte. Without it each place in an answer of nothing but `\\` would be read fifteen times. */
function longestTo(last: number | undefined): number {
  if (last === BACKSLASH) return 2;
  if (last === 0x22 || last === 0x2f) return MAX_BACKSLASHES + 1;
  return last === SEMICOLON || last === CLOSE || digit(last) >= 0 ? LONGEST_UNIT : 0;
}

/** The escape that ends before `end`. */
export function escapeBefore(data: Uint8Array, end: number): Unit {
  for (let length = longestTo(data[end - 1]); length > 1; length--) {
    const found = end >= length ? escapeAt(data, end - length) : 0;
    if (found >> 8 === length) return found;
  }
  return 0;
}

const isBlank = (byte: number | undefined): boolean =>
  byte === 0x0a || byte === 0x0d || byte === 0x20 || byte === 0x09;
const isEscapedBreak = (data: Uint8Array, at: number): boolean =>
  data[at] === BACKSLASH && (data[at + 1] === 0x6e || data[at + 1] === 0x72);

/** So many bytes of line breaks and blanks stand there, as themselves or as `\n`: base64 is broken into lines. */
export function breakAt(data: Uint8Array, at: number): number {
  let end = at;
  while (end - at < LONGEST_BREAK) {
    if (isBlank(data[end])) end += 1;
    else if (isEscapedBreak(data, end)) end += 2;
    else break;
  }
  return end - at;
}

export function breakBefore(data: Uint8Array, end: number): number {
  let from = end;
  while (end - from < LONGEST_BREAK) {
    if (isBlank(data[from - 1])) from -= 1;
    else if (isEscapedBreak(data, from - 2)) from -= 2;
    else break;
  }
  return end - from;
}
