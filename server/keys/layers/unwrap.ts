import { hexAt, numberAt } from '../read-unit.ts';
import { foldPoint, GONE, OTHER } from './fold-points.ts';
import { Layer } from './layer.ts';

const [BACKSLASH, PERCENT, AND, HASH, EQUALS, TAG, TAG_END] = [0x5c, 0x25, 0x26, 0x23, 0x3d, 0x3c, 0x3e];
const [SMALL_U, BIG_U, SMALL_X, OPEN, CLOSE, SEMICOLON] = [0x75, 0x55, 0x78, 0x7b, 0x7d, 0x3b];
const [LF, CR] = [0x0a, 0x0d];
const LONGEST_TAG = 64;
/** What an escape, a tag or a character that is to be folded begins with. */
const mayBegin = (byte: number): boolean =>
  byte >= 0xc2 || byte === BACKSLASH || byte === PERCENT || byte === AND || byte === EQUALS || byte === TAG;
/** What stands for a character that no key has. */
const NO_KEY = 0x80;
const LETTERS: Readonly<Record<number, number>> = { 110: LF, 114: CR, 116: 0x09, 98: 8, 102: 12 };
const NAMED: Readonly<Record<string, number>> = {
  amp: AND,
  lt: TAG,
  gt: TAG_END,
  quot: 0x22,
  apos: 0x27,
  nbsp: 0x20,
  hyphen: 0x2d,
  dash: 0x2d,
  lowbar: 0x5f,
  sol: 0x2f,
  bsol: BACKSLASH,
  plus: 0x2b,
  equals: EQUALS,
  num: HASH,
  percnt: PERCENT,
  period: 0x2e,
  colon: 0x3a,
  semi: SEMICOLON,
  shy: GONE,
  zwj: GONE,
  zwnj: GONE,
  ZeroWidthSpace: GONE,
  NoBreak: GONE,
  NewLine: LF,
  Tab: 0x09,
};
const NAMES = Object.entries(NAMED).map(([name, byte]) => [Array.from(`${name};`, code), byte] as const);

function code(char: string): number {
  return char.charCodeAt(0);
}

/** What one escape stands for: a byte, `GONE` or `OTHER`, and how many bytes it takes. */
interface Read {
  value: number;
  length: number;
}
/** One for all, since each byte of a text may be one. Has a byte of a text at most. */
const read: Read = { value: 0, length: 0 };

/** The escape, tag or character to be folded that begins there is in `read`. */
function readAt(data: Uint8Array, at: number): boolean {
  const byte = data[at] ?? 0;
  if (byte === BACKSLASH) return backslash(data, at);
  if (byte === PERCENT)
    return data[at + 1] === SMALL_U ? point(hexAt(data, at + 2, 4), 6) : is(hexAt(data, at + 1), 3);
  if (byte === AND) return entity(data, at);
  if (byte === EQUALS) return quoted(data, at);
  if (byte === TAG) return tag(data, at);
  return byte >= 0xc2 && utf8(data, at);
}

function is(value: number, length: number): boolean {
  read.value = value;
  read.length = length;
  return value >= 0;
}

function point(value: number, length: number): boolean {
  read.length = length;
  read.value = value < 0 ? GONE : foldPoint(value);
  return value >= 0;
}

function backslash(data: Uint8Array, at: number): boolean {
  const kind = data[at + 1];
  if (kind === undefined) return false;
  if (kind === SMALL_U && data[at + 2] === OPEN) return braced(data, at);
  if (kind === SMALL_U) return fourDigits(data, at);
  if (kind === BIG_U) return point(hexAt(data, at + 2, 8), 10);
  if (kind === SMALL_X) return is(hexAt(data, at + 2), 4);
  if (kind >= 0x30 && kind < 0x38) return octal(data, at);
  if (kind === LF) return gone(2);
  return is(LETTERS[kind] ?? kind, 2);
}

function braced(data: Uint8Array, at: number): boolean {
  const [value, close] = numberAt(data, at + 3, 16, CLOSE);
  return point(value, close + 1 - at);
}

function fourDigits(data: Uint8Array, at: number): boolean {
  const high = hexAt(data, at + 2, 4);
  const isHigh = high >= 0xd800 && high < 0xdc00;
  if (!isHigh || data[at + 6] !== BACKSLASH || data[at + 7] !== SMALL_U) return point(high, 6);
  const low = hexAt(data, at + 8, 4);
  return low < 0xdc00 || low > 0xdfff
    ? point(high, 6)
    : point(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12);
}

function octal(data: Uint8Array, at: number): boolean {
  let value = 0;
  for (let i = at + 1; i < at + 4; i++) {
    const digit = (data[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) return false;
    value = value * 8 + digit;
  }
  return value < 256 && is(value, 4);
}

function gone(length: number): boolean {
  read.value = GONE;
  read.length = length;
  return true;
}

function entity(data: Uint8Array, at: number): boolean {
  if (data[at + 1] === HASH) {
    const radix = ((data[at + 2] ?? 0) | 0x20) === SMALL_X ? 16 : 10;
    const [value, end] = numberAt(data, at + (radix === 16 ? 3 : 2), radix, SEMICOLON);
    return point(value, end + 1 - at);
  }
  for (const [name, value] of NAMES) {
    if (!name.every((char, i) => data[at + 1 + i] === char)) continue;
    read.value = value;
    read.length = name.length + 1;
    return true;
  }
  return false;
}

function quoted(data: Uint8Array, at: number): boolean {
  if (data[at + 1] === LF) return gone(2);
  if (data[at + 1] === CR && data[at + 2] === LF) return gone(3);
  return is(hexAt(data, at + 1), 3);
}

/** `<b>`, `</b>`, `<!-- -->`: a letter, `/` or `!` behind the `<`. */
function tag(data: Uint8Array, at: number): boolean {
  const next = data[at + 1] ?? 0;
  const isTag = next === 0x2f || next === 0x21 || ((next | 0x20) >= 0x61 && (next | 0x20) <= 0x7a);
  for (let end = at + 2; isTag && end < at + LONGEST_TAG && end < data.length; end++) {
    if (data[end] === TAG_END) return gone(end + 1 - at);
    if (data[end] === TAG) return false;
  }
  return false;
}

function utf8(data: Uint8Array, at: number): boolean {
  const lead = data[at] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  let value = lead & (0x7f >> length);
  for (let i = at + 1; i < at + length; i++) {
    const byte = data[i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return false;
    value = (value << 6) | (byte & 63);
  }
  return value <= 0x10ffff && point(value, length) && read.value !== OTHER;
}

/** Of these the plain search sees nothing that it would not see without: `\n`, `\"`, `\/`. */
function isCommon(data: Uint8Array, at: number): boolean {
  return data[at] === BACKSLASH && read.length === 2 && read.value < 0x30 && read.value !== GONE;
}

/** Whether what begins there is more than an escape of a blank or a quotation mark. */
export function isWrapped(data: Uint8Array, at: number): boolean {
  return readAt(data, at) && !isCommon(data, at);
}

/**
 * Takes one layer off: escapes of JSON and of programs, percent signs, entities, quoted-printable, tags, what nobody sees, and characters
 * that are another form of one of ASCII. What is left may have a further layer. The caller wipes it.
 */
export function unwrap(data: Uint8Array): Layer {
  const layer = new Layer(data.length);
  for (let at = 0; at < data.length; ) {
    const byte = data[at] ?? 0;
    if (!mayBegin(byte) || !readAt(data, at)) {
      layer.add(byte, at, at + 1);
      at += 1;
      continue;
    }
    const end = at + read.length;
    if (read.value !== GONE) layer.add(read.value === OTHER ? NO_KEY : read.value, at, end);
    at = end;
  }
  return layer;
}
