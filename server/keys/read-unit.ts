/**
 * How one character of a key may be written down in what a provider sends back: as itself, or escaped. No state; knows no key.
 */

const [BACKSLASH, PERCENT, AND, HASH, EQUALS, SEMICOLON] = [0x5c, 0x25, 0x26, 0x23, 0x3d, 0x3b];
/** The longest escape: `u0073` behind the backslashes of three layers. */
export const LONGEST_UNIT = 9;
/** A text in a text in a text doubles them twice: so deep is an answer read (`shared/compose/answers/read-structured.ts`). */
const MAX_BACKSLASHES = 4;
/** `&#x0073;` */
const LONGEST_ENTITY = 8;
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

/** The byte that the two hex digits at `at` stand for; below 0 when they are no hex digits. */
function hexAt(data: Uint8Array, at: number): number {
  const high = digit(data[at]);
  const low = digit(data[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** The escape that begins there: `\u0073`, `\\\\u0073`, `\x73`, `\/`, `%73`, `%2573`, `&#115;`, `&#x73;`, `=73`. */
export function escapeAt(data: Uint8Array, at: number): Unit {
  const byte = data[at];
  if (byte === PERCENT) {
    const value = hexAt(data, at + 1);
    const again = value === PERCENT ? hexAt(data, at + 3) : -1;
    return again >= 0 ? unit(again, 5) : unit(value, 3);
  }
  if (byte === EQUALS) return unit(hexAt(data, at + 1), 3);
  if (byte === BACKSLASH) return backslashAt(data, at);
  return byte === AND && data[at + 1] === HASH ? entityAt(data, at) : 0;
}

function backslashAt(data: Uint8Array, at: number): Unit {
  let end = at + 1;
  while (end < at + MAX_BACKSLASHES && data[end] === BACKSLASH) end += 1;
  const slashes = end - at;
  const kind = data[end];
  const itself = slashes > 1 ? unit(BACKSLASH, 2) : 0;
  if (kind === 0x75 && hexAt(data, end + 1) === 0) return unit(hexAt(data, end + 3), slashes + 5) || itself;
  if (kind === 0x78) return unit(hexAt(data, end + 1), slashes + 3) || itself;
  return kind === 0x22 || kind === 0x2f ? unit(kind, slashes + 1) : itself;
}

function entityAt(data: Uint8Array, at: number): Unit {
  const radix = ((data[at + 2] ?? 0) | 0x20) === 0x78 ? 16 : 10;
  let value = 0;
  for (let i = at + (radix === 16 ? 3 : 2); i < at + LONGEST_ENTITY; i++) {
    if (data[i] === SEMICOLON) return unit(value, i + 1 - at);
    const next = digit(data[i]);
    if (next < 0 || next >= radix) return 0;
    value = value * radix + next;
  }
  return 0;
}

/** The escape that ends before `end`. */
export function escapeBefore(data: Uint8Array, end: number): Unit {
  for (let length = LONGEST_UNIT; length > 1; length--) {
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
