import { secretBuffer } from './secret-buffer.ts';

/** Bytes that were read from a list of numbers, and where each of them stands in the text. */
export interface NumberList {
  readonly values: Buffer;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Eight numbers take so many bytes at least: `73 6b 2d 61 6e 74 2d 61`. */
const SHORTEST = 23;
const RADIXES = [10, 16, 8];

/** Hex digits, and what stands between numbers: blanks, commas, colons, dashes, brackets, `0x`, `\`. */
const IN_LIST = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[0-9a-fA-FxX\s,:;\-.[\]\\]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** There is none in most texts, which costs a look at every 23rd byte. */
export function mayHaveList(data: Uint8Array): boolean {
  for (let end = SHORTEST; end <= data.length; ) {
    let from = end;
    while (from > end - SHORTEST && IN_LIST[data[from - 1] ?? 0] === 1) from -= 1;
    if (from === end - SHORTEST) return true;
    end = from + SHORTEST;
  }
  return false;
}

/** Every list of numbers from 0 to 255 in a text, read as decimal, hex and octal. */
export function* numbersIn(data: Uint8Array): Generator<NumberList> {
  for (let end = SHORTEST; end <= data.length; ) {
    let from = end;
    while (from > end - SHORTEST && IN_LIST[data[from - 1] ?? 0] === 1) from -= 1;
    if (from > end - SHORTEST) {
      end = from + SHORTEST;
      continue;
    }
    while (from > 0 && IN_LIST[data[from - 1] ?? 0] === 1) from -= 1;
    while (end < data.length && IN_LIST[data[end] ?? 0] === 1) end += 1;
    for (const radix of RADIXES) yield* readList(data, from, end, radix);
    end += SHORTEST;
  }
}

function* readList(data: Uint8Array, from: number, end: number, radix: number): Generator<NumberList> {
  const values = secretBuffer(end - from);
  const starts: number[] = [];
  const ends: number[] = [];
  let at = from;
  while (at < end) {
    const start = at;
    let value = 0;
    while (at < end) {
      const digit = digitOf(data[at], radix);
      if (digit < 0) break;
      value = value * radix + digit;
      at += 1;
    }
    const length = at - start;
    const fits = radix === 16 ? length === 2 : length > 0 && length <= 3;
    // The 0 of `0x73` is none of the numbers.
    const mark = radix === 16 && length === 1 && value === 0;
    if (length > 0 && !mark) {
      values[starts.length] = fits && value < 256 ? value : 0;
      starts.push(start);
      ends.push(at);
    }
    at = Math.max(at, start + 1);
  }
  if (starts.length < 8) return;
  try {
    yield { values: values.subarray(0, starts.length), starts, ends };
  } finally {
    values.fill(0);
  }
}

function digitOf(byte = 0, radix: number): number {
  const decimal = byte - 0x30;
  if (decimal >= 0 && decimal < Math.min(10, radix)) return decimal;
  const letter = (byte | 0x20) - 0x61;
  return radix === 16 && letter >= 0 && letter < 6 ? letter + 10 : -1;
}
