import { everySecond, foldGram, GramTable, packGram } from './gram-table.ts';
import { FOLD, type KeyText, textsOf } from './key-texts.ts';
import { backward, forward, unitsBack } from './match-text.ts';
import { mayHaveList, type NumberList, numbersIn } from './number-lists.ts';
import type { ProviderKey } from './provider-key.ts';
import { escapeAt, LONGEST_UNIT } from './read-unit.ts';

/** Pairs of positions, the first byte and the one after the last: what is to be overwritten. */
export type Ranges = readonly number[];

/** What an escape may begin with. */
const SIGNS = [0x5c, 0x25, 0x26, 0x3d];
const QUOTE = 0x22;
const CRLF = '\r\n';
const NO_WORDS = new Int32Array(0);

/**
 * Finds a key, and every piece of eight bytes of it, in bytes: as it is, backwards, in hex, in base64, in either case, each character
 * as itself or escaped, broken into lines of seven or more (of shorter ones up to nineteen stay), with a byte between any two (UTF-16),
 * or as a list of numbers. Looks at every fourth byte, and more closely only where four characters of the key stand.
 */
export class KeyFinder {
  readonly #texts: readonly KeyText[];
  readonly #grams: GramTable;

  constructor(key: ProviderKey) {
    this.#texts = textsOf(key);
    this.#grams = new GramTable(this.#texts, key);
  }

  find(data: Buffer): Ranges {
    const found: number[] = [];
    // Where words of memory begin.
    const skew = -data.byteOffset & 3;
    const words =
      data.length < 4 + skew
        ? NO_WORDS
        : new Int32Array(data.buffer, data.byteOffset + skew, (data.length - skew) >> 2);
    this.#plain(data, words, skew, found);
    this.#interleaved(data, words, skew, found);
    this.#escaped(data, found);
    if (mayHaveList(data)) for (const list of numbersIn(data)) this.#listed(list, found);
    return found;
  }

  /**
   * The same for what comes from a socket, between any two CRLF alone: there the sizes of chunks stand between them, and a digit of one
   * may look like the key's next character. What goes on behind a CRLF is found when the body has been put together.
   */
  findInLines(data: Buffer): Ranges {
    const found: number[] = [];
    for (let from = 0; from < data.length; ) {
      const end = data.indexOf(CRLF, from);
      const to = end < 0 ? data.length : end;
      for (const at of this.find(data.subarray(from, to))) found.push(from + at);
      from = to + CRLF.length;
    }
    return found;
  }

  /** How many bytes at the end are a beginning of the key and not yet the whole of it. */
  unfinished(data: Buffer): number {
    const end = data.length;
    // A key without escapes is not longer than its hex.
    const longest = Math.max(...this.#texts.map(({ bytes }) => bytes.length));
    const most = SIGNS.some((sign) => data.includes(sign, -LONGEST_UNIT * longest))
      ? LONGEST_UNIT * longest
      : longest;
    let from = end;
    while (from > 0 && end - from < most && this.#isInside(data[from - 1])) from -= 1;
    for (let at = from; at < end; at++) if (this.#begins(data, at, most > longest)) return end - at;
    return 0;
  }

  /** No blank and no quotation mark, unless the key has one: what a key and its escapes are made of. */
  #isInside(byte = 0): boolean {
    return byte > 0x20 && byte < 0x7f && (byte !== QUOTE || this.#texts[0]?.bytes.includes(QUOTE) === true);
  }

  #begins(data: Uint8Array, at: number, maybeEscaped: boolean): boolean {
    const first = FOLD[data[at] ?? 0];
    const escaped = isSign(data[at]);
    return this.#texts.some(({ bytes }) => {
      if (!escaped && bytes[0] !== first) return false;
      if (!maybeEscaped && data.length - at >= bytes.length) return false;
      const { to, next } = forward(data, at, bytes, 0);
      // The data may end in the middle of an escape.
      const rest = data.length - to;
      if (rest === 0) return next > 0 && next < bytes.length;
      return next < bytes.length && rest < LONGEST_UNIT && (isSign(data[to]) || isSign(data[to - 1]));
    });
  }

  #plain(data: Uint8Array, words: Int32Array, skew: number, found: number[]): void {
    const grams = this.#grams;
    for (let i = 0; i < words.length; i++) {
      const gram = foldGram(words[i] ?? 0);
      if (!grams.mayHave(gram)) continue;
      const at = skew + 4 * i;
      let to = at;
      for (let entry = grams.after(0, gram); entry > 0; entry = grams.after(entry, gram))
        to = Math.max(to, this.#grow(data, at, entry, found));
      // Go on after what was found.
      if (to > at + 4) i = ((to - skew) >> 2) - 1;
    }
  }

  /** Follows the key from four of its characters at `at` in both directions. Returns the end of what it found, when that is enough of the key. */
  #grow(data: Uint8Array, at: number, entry: number, found: number[]): number {
    const text = this.#texts[this.#grams.textOf(entry)];
    if (!text) return at;
    const offset = this.#grams.offsetOf(entry);
    const { to, next } = forward(data, at, text.bytes, offset);
    const { from, first } = backward(data, at, text.bytes, offset);
    if (!isEnough(text, first, next)) return at;
    found.push(from, to);
    return to;
  }

  /** Where not four characters in a row need to be as they are. */
  #escaped(data: Buffer, found: number[]): void {
    for (const sign of SIGNS) {
      for (let at = data.indexOf(sign); at >= 0; at = data.indexOf(sign, at + 1)) {
        if (escapeAt(data, at) === 0) continue;
        const to = Math.max(
          this.#unitsFrom(data, at, found),
          this.#unitsFrom(data, unitsBack(data, at, 3), found),
        );
        if (to > at + 1) at = to - 1;
      }
    }
  }

  #unitsFrom(data: Uint8Array, at: number, found: number[]): number {
    const units: number[] = [];
    for (let next = at; units.length < 4 && next < data.length; ) {
      const unit = escapeAt(data, next);
      units.push(unit > 0 ? unit & 255 : (data[next] ?? 0));
      next += unit > 0 ? unit >> 8 : 1;
    }
    const gram = packGram(...units);
    let to = at;
    for (let entry = this.#grams.after(0, gram); entry > 0; entry = this.#grams.after(entry, gram))
      to = Math.max(to, this.#grow(data, at, entry, found));
    return to;
  }

  /** A byte of anything between any two characters: UTF-16, blanks. */
  #interleaved(data: Uint8Array, words: Int32Array, skew: number, found: number[]): void {
    const grams = this.#grams;
    // Of eight characters in a row, one of the first four stands at every second word's beginning, or one byte behind it.
    for (let i = 0; i + 1 < words.length; i += 2) {
      const [low, high] = [words[i] ?? 0, words[i + 1] ?? 0];
      const begin = skew + 4 * i;
      let to = begin;
      for (let shift = 0; shift <= 1; shift++) {
        const gram = everySecond(low >>> (8 * shift), high >>> (8 * shift));
        if (!grams.mayHave(gram)) continue;
        for (let entry = grams.after(0, gram); entry > 0; entry = grams.after(entry, gram))
          to = Math.max(to, this.#growByTwo(data, begin + shift, entry, found));
      }
      // Go on after what was found.
      if (to > begin + 16) i = (((to - skew) >> 3) << 1) - 2;
    }
  }

  #growByTwo(data: Uint8Array, at: number, entry: number, found: number[]): number {
    const text = this.#texts[this.#grams.textOf(entry)];
    if (!text) return at;
    let [first, from] = [this.#grams.offsetOf(entry), at];
    let [next, to] = [first + 4, at + 8];
    while (first > 0 && from >= 2 && FOLD[data[from - 2] ?? 0] === text.bytes[first - 1]) {
      first -= 1;
      from -= 2;
    }
    while (next < text.bytes.length && to < data.length && FOLD[data[to] ?? 0] === text.bytes[next]) {
      next += 1;
      to += 2;
    }
    if (!isEnough(text, first, next)) return at;
    // The byte behind the last character is none of it.
    found.push(from, to - 1);
    return to;
  }

  #listed({ values, starts, ends }: NumberList, found: number[]): void {
    for (let at = 0; at + 4 <= values.length; at += 4) {
      const gram = packGram(values[at], values[at + 1], values[at + 2], values[at + 3]);
      for (let entry = this.#grams.after(0, gram); entry > 0; entry = this.#grams.after(entry, gram)) {
        const text = this.#texts[this.#grams.textOf(entry)];
        if (!text) continue;
        const { to, next } = forward(values, at, text.bytes, this.#grams.offsetOf(entry));
        const { from, first } = backward(values, at, text.bytes, this.#grams.offsetOf(entry));
        if (isEnough(text, first, next)) found.push(starts[from] ?? 0, ends[to - 1] ?? 0);
      }
    }
  }
}

/** Whether these characters give the key away. Those of its public part, as `sk-ant-`, do not count. */
function isEnough({ from, to, least }: KeyText, first: number, next: number): boolean {
  return least > 0 && Math.min(next, to) - Math.max(first, from) >= least;
}

const isSign = (byte = 0): boolean => SIGNS.includes(byte);
