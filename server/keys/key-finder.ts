import { everySecond, foldGram, GramTable, packGram } from './gram-table.ts';
import { FOLD, type KeyText, textsOf } from './key-texts.ts';
import { visitEncoded } from './layers/encoded-runs.ts';
import type { Layer } from './layers/layer.ts';
import { isWrapped, unwrap } from './layers/unwrap.ts';
import { backward, forward } from './match-text.ts';
import { mayHaveList, type NumberList, numbersIn } from './number-lists.ts';
import type { ProviderKey } from './provider-key.ts';
import { SIGNS } from './read-unit.ts';
import { unfinishedIn } from './unfinished.ts';

/** Pairs of positions, the first byte and the one after the last: what is to be overwritten. */
export type Ranges = readonly number[];

const CRLF = '\r\n';
const NO_WORDS = new Int32Array(0);
/** What an escape or a tag may begin with. */
const STARTS = [...SIGNS, 0x3c];
/** Of each layer what it costs: so many escapes in each other are looked through, with at most two encodings among them. */
const [DEPTH, ESCAPED, ENCODED] = [7, 1, 3];
/** What is searched in layers, for each byte and at least: a text that is a text in every encoding must not take long. */
const [MOST_LAYERS, LEAST_LAYERS] = [6, 4096];
/** Fewer leave eight characters of a key in a row, which are found without. */
const LEAST_WRAPPED = 2;

/**
 * Finds a key, and every piece of eight bytes of it, in bytes: as it is, backwards, in hex, in base64, in either case, each character
 * as itself or escaped, broken into lines of seven or more (of shorter ones up to nineteen stay), with a byte between any two (UTF-16),
 * or as a list of numbers; and all that under layers of escapes and encodings, which are taken off a copy. Looks at every fourth byte, and more closely only where four characters of the key stand.
 */
export class KeyFinder {
  readonly #texts: readonly KeyText[];
  readonly #grams: GramTable;
  /** So many bytes of layers are still looked through for these data. */
  #left = 0;

  constructor(key: ProviderKey) {
    this.#texts = textsOf(key);
    this.#grams = new GramTable(this.#texts, key);
  }

  find(data: Buffer): Ranges {
    this.#left = MOST_LAYERS * data.length + LEAST_LAYERS;
    return this.#search(data, DEPTH);
  }

  #search(data: Buffer, depth: number): number[] {
    const found: number[] = [];
    // Where words of memory begin.
    const skew = -data.byteOffset & 3;
    const words =
      data.length < 4 + skew
        ? NO_WORDS
        : new Int32Array(data.buffer, data.byteOffset + skew, (data.length - skew) >> 2);
    const isAscii = this.#plain(data, words, skew, found);
    this.#interleaved(data, words, skew, found);
    if (depth >= ESCAPED && isWrappedText(data, isAscii)) this.#under(unwrap(data), depth - ESCAPED, found);
    if (depth >= ENCODED) visitEncoded(data, (layer) => this.#under(layer, depth - ENCODED, found));
    if (mayHaveList(data)) for (const list of numbersIn(data)) this.#listed(list, found);
    return found;
  }

  #under(layer: Layer, depth: number, found: number[]): void {
    this.#left -= layer.bytes.length;
    const ranges = this.#left > 0 ? this.#search(layer.bytes, depth) : [];
    for (let i = 0; i < ranges.length; i += 2)
      found.push(layer.startOf(ranges[i] ?? 0), layer.endOf(ranges[i + 1] ?? 0));
    layer.wipe();
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
    return unfinishedIn(data, this.#texts);
  }

  /** Returns whether all that it looked at is ASCII. */
  #plain(data: Uint8Array, words: Int32Array, skew: number, found: number[]): boolean {
    const grams = this.#grams;
    let all = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      all |= word;
      const gram = foldGram(word);
      if (!grams.mayHave(gram)) continue;
      const at = skew + 4 * i;
      let to = at;
      for (let entry = grams.after(0, gram); entry > 0; entry = grams.after(entry, gram))
        to = Math.max(to, this.#grow(data, at, entry, found));
      // Go on after what was found.
      if (to > at + 4) i = ((to - skew) >> 2) - 1;
    }
    return (all & 0x80808080) === 0;
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

/** Whether there are escapes that more than a blank or a quotation mark stands behind, tags, or characters that look like those of ASCII. */
function isWrappedText(data: Buffer, isAscii: boolean): boolean {
  let wrapped = 0;
  if (!isAscii) {
    for (let at = 0; at < data.length && wrapped < LEAST_WRAPPED; at++)
      if ((data[at] ?? 0) >= 0xc2 && isWrapped(data, at)) wrapped += 1;
  }
  for (const sign of STARTS)
    for (let at = data.indexOf(sign); at >= 0 && wrapped < LEAST_WRAPPED; at = data.indexOf(sign, at + 1))
      if (isWrapped(data, at)) wrapped += 1;
  return wrapped >= LEAST_WRAPPED;
}
