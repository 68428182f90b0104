import type { KeyText } from './key-texts.ts';
import type { ProviderKey } from './provider-key.ts';

const BUCKETS = 4096;
/** A key may hold the same four characters many times. The first places are enough: a match that begins there reaches furthest. */
const PLACES = 4;

/**
 * Where four characters in a row occur in the texts that tell a key. Every piece of seven characters has four that begin at a multiple
 * of four, so a search looks at every fourth byte alone. Wiped with the key.
 */
export class GramTable {
  /** For each bucket the first entry, counted from 1. */
  readonly #heads: Uint16Array;
  readonly #grams: Int32Array;
  readonly #next: Uint16Array;
  readonly #texts: Buffer;
  readonly #offsets: Uint16Array;
  #size = 0;

  constructor(texts: readonly KeyText[], key: ProviderKey) {
    const most = texts.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const words = (bytes: number): ArrayBuffer => key.derive(bytes).buffer as ArrayBuffer; // as: derived memory has its own
    this.#heads = new Uint16Array(words(2 * BUCKETS));
    this.#grams = new Int32Array(words(4 * most + 4));
    this.#next = new Uint16Array(words(2 * most + 2));
    this.#offsets = new Uint16Array(words(2 * most + 2));
    this.#texts = key.derive(most + 1);
    texts.forEach(({ bytes }, text) => {
      for (let at = 0; at + 4 <= bytes.length; at++)
        this.#add(packGram(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]), text, at);
    });
  }

  #add(gram: number, text: number, offset: number): void {
    const bucket = bucketOf(gram);
    let same = 0;
    for (let entry = this.#heads[bucket] ?? 0; entry > 0; entry = this.#next[entry] ?? 0)
      if (this.#grams[entry] === gram && this.#texts[entry] === text) same += 1;
    if (same >= PLACES) return;
    const entry = ++this.#size;
    this.#grams[entry] = gram;
    this.#texts[entry] = text;
    this.#offsets[entry] = offset;
    this.#next[entry] = this.#heads[bucket] ?? 0;
    this.#heads[bucket] = entry;
  }

  /** False for nearly all that is not there. */
  mayHave(gram: number): boolean {
    return this.#heads[bucketOf(gram)] !== 0;
  }

  /** The first entry of that gram after `entry`, which is 0 at first; 0: there is no more. */
  after(entry: number, gram: number): number {
    let next = entry === 0 ? (this.#heads[bucketOf(gram)] ?? 0) : (this.#next[entry] ?? 0);
    while (next > 0 && this.#grams[next] !== gram) next = this.#next[next] ?? 0;
    return next;
  }

  textOf(entry: number): number {
    return this.#texts[entry] ?? 0;
  }

  offsetOf(entry: number): number {
    return this.#offsets[entry] ?? 0;
  }
}

/** Four characters in one 32-bit word, with upper and lower case made the same. */
export function foldGram(word: number): number {
  return word | 0x20202020;
}

export function packGram(a = 0, b = 0, c = 0, d = 0): number {
  return foldGram(a | (b << 8) | (c << 16) | (d << 24));
}

/** The even bytes of eight; shifted by eight bits, the odd ones. */
export function everySecond(low: number, high: number): number {
  return foldGram((low & 255) | ((low >>> 8) & 0xff00) | ((high & 255) << 16) | ((high << 8) & 0xff000000));
}

function bucketOf(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 20;
}
