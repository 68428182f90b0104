import { Layer } from './layer.ts';

/** So many characters in a row of base64's alphabet are a run: 15 bytes, of which 11 are the key's when it was encoded twice. */
export const LEAST_RUN = 20;
/** So many bytes of ASCII in a row are a text. */
const LEAST_TEXT = 12;
const NONE = 255;
const [LF, CR] = [0x0a, 0x0d];

function valuesOf(alphabets: readonly string[]): Uint8Array {
  const values = new Uint8Array(256).fill(NONE);
  for (const alphabet of alphabets)
    for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
}

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SMALL = CAPITALS.toLowerCase();
const BASE64 = valuesOf([`${CAPITALS}${SMALL}0123456789+/`, `${CAPITALS}${SMALL}0123456789-_`]);
/** Each with the bits that a character stands for. All are part of base64's alphabet. */
const OTHERS = [
  { bits: 4, values: valuesOf(['0123456789ABCDEF', '0123456789abcdef']) },
  { bits: 5, values: valuesOf([`${CAPITALS}234567`]) },
  { bits: 5, values: valuesOf([`${SMALL}234567`]) },
] as const;
/** A row that is in lines has one of twenty and a next one; nothing shorter was encoded twice. */
const LEAST_LINES = 39;
/** So many bytes of text take 24 characters of hex and more. */
const LEAST_OTHER = 24;

/** Takes a text that was encoded, and wipes it. */
type Visit = (layer: Layer) => void;
type Row = readonly [from: number, end: number];

/** The texts that are encoded in base64, base32 or hex, from wherever they begin. Looks at every twentieth byte of what has none. */
export function visitEncoded(data: Uint8Array, visit: Visit): void {
  eachRow(data, [0, data.length], { values: BASE64, least: LEAST_RUN }, ([from, end]) => {
    const isBroken = end - from > LEAST_LINES && hasBreak(data, from, end);
    for (let shift = 0; shift < 4; shift++) {
      if (isBroken) decode(data, [from + shift, end], { values: BASE64, bits: 6 }, visit);
      else sixBits(data, [from + shift, end], visit);
    }
    for (const other of OTHERS)
      eachRow(data, [from, end], { values: other.values, least: LEAST_OTHER }, (row) =>
        decode(data, row, other, visit),
      );
  });
}

/** How many characters of base64 stand at the end. */
export function runAtEnd(data: Uint8Array, most: number): number {
  let from = data.length;
  while (from > 0 && data.length - from < most && isIn(BASE64, data[from - 1])) from -= 1;
  return data.length - from;
}

/** Where so many characters of an alphabet and more stand in a row. */
function eachRow(
  data: Uint8Array,
  [begin, stop]: Row,
  { values, least }: { readonly values: Uint8Array; readonly least: number },
  found: (row: Row) => void,
): void {
  for (let end = begin + least; end <= stop; ) {
    let from = end;
    while (from > end - least && isIn(values, data[from - 1])) from -= 1;
    if (from > end - least) {
      end = from + least;
      continue;
    }
    while (from > begin && isIn(values, data[from - 1])) from -= 1;
    while (end < stop && isIn(values, data[end])) end = afterBreak(data, end + 1, values);
    found([from, Math.min(end, stop)]);
    end += least;
  }
}

const isIn = (values: Uint8Array, byte = 0): boolean => values[byte] !== NONE;

/** Where the next line begins when one ends there and the row goes on. */
function afterBreak(data: Uint8Array, at: number, values: Uint8Array): number {
  let next = at;
  if (data[next] === CR) next += 1;
  if (data[next] === LF) next += 1;
  return next > at && isIn(values, data[next]) ? next : at;
}

function hasBreak(data: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (data[at] === LF || data[at] === CR) return true;
  return false;
}

/** Whether four characters may stand for three of ASCII: a look at three bits, which nearly nothing else passes four times in a row. */
function isAscii(data: Uint8Array, at: number): boolean {
  const a = BASE64[data[at] ?? 0] ?? NONE;
  if (a >= 32) return false;
  const b = BASE64[data[at + 1] ?? 0] ?? NONE;
  const c = BASE64[data[at + 2] ?? 0] ?? NONE;
  return (b & 8) === 0 && (c & 2) === 0;
}

/** Looks at every fourth group of four alone, and more closely only where it may be text. */
function sixBits(data: Uint8Array, [from, end]: Row, visit: Visit): void {
  for (let at = from + 12; at + 4 <= end; at += 16) {
    if (!isAscii(data, at)) continue;
    let [first, to] = [at, at + 4];
    while (first - 4 >= from && isAscii(data, first - 4)) first -= 4;
    while (to + 4 <= end && isAscii(data, to)) to += 4;
    if (to - first < LEAST_TEXT + 4) continue;
    // Of the group behind the last some may be text.
    decode(data, [first, Math.min(end, to + 4)], { values: BASE64, bits: 6 }, visit);
    at = to;
  }
}

/** Reads so many bits of each character, from each that may be a byte's first. */
function decode(
  data: Uint8Array,
  [from, end]: Row,
  { values, bits }: { readonly values: Uint8Array; readonly bits: number },
  visit: Visit,
): void {
  const shifts = bits === 6 ? 1 : bits === 5 ? 8 : 2;
  for (let shift = 0; shift < shifts; shift++) {
    if (bits === 4 && !mayBeHex(data, from + shift, end)) continue;
    const layer = new Layer(end - from);
    let [word, have, start] = [0, 0, from + shift];
    for (let at = from + shift; at < end; at++) {
      const value = values[data[at] ?? 0] ?? NONE;
      if (value === NONE) continue;
      if (have === 0) start = at;
      word = ((word << bits) | value) & 0xffff;
      have += bits;
      if (have < 8) continue;
      have -= 8;
      layer.add((word >> have) & 255, start, at + 1);
      // What is left of this character belongs to the next byte.
      start = at;
    }
    if (hasText(layer.bytes)) visit(layer);
    else layer.wipe();
  }
}

/** Every byte of ASCII begins with a digit below 8. */
function mayBeHex(data: Uint8Array, from: number, end: number): boolean {
  let row = 0;
  for (let at = from; at < end && row < LEAST_TEXT; at += 2) {
    const byte = data[at] ?? 0;
    // Behind a break the pairs may begin at the other digit.
    if (byte === LF || byte === CR) return true;
    row = byte > 0x31 && byte < 0x38 ? row + 1 : 0;
  }
  return row >= LEAST_TEXT;
}

/** A zero is text behind a character: UTF-16. */
function hasText(bytes: Uint8Array): boolean {
  let row = 0;
  for (let at = 0; at < bytes.length && row < LEAST_TEXT; at++) {
    const byte = bytes[at] ?? 0;
    const isText = (byte >= 0x20 && byte < 0x7f) || (byte >= 0x09 && byte <= 0x0d);
    row = isText || (byte === 0 && (bytes[at - 1] ?? 0) > 0) ? row + 1 : 0;
  }
  return row >= LEAST_TEXT;
}
