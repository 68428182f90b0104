import { TextJoiner } from '../../shared/providers/text-joiner.ts';
import { KeyFinder, type Ranges } from './key-finder.ts';
import { PieceCleaner } from './piece-cleaner.ts';
import type { ProviderKey } from './provider-key.ts';
import { LONGEST_UNIT } from './read-unit.ts';
import { secretBuffer } from './secret-buffer.ts';

/** The longest spelling of one byte of the key: two hex digits, each of them escaped. */
const LONGEST = 2 * LONGEST_UNIT;
const STAR = 0x2a;

/**
 * Overwrites a key in what its provider sends back, in every spelling that `KeyFinder` knows. Works on bytes, before anything is decoded;
 * what it knows of the key is wiped with the key.
 */
export class Eraser {
  readonly #finder: KeyFinder;
  readonly #key: ProviderKey;
  /** How often something was overwritten. */
  hits = 0;

  constructor(key: ProviderKey) {
    this.#key = key;
    this.#finder = new KeyFinder(key);
  }

  /** The key is wiped: nothing can be found any more. */
  get over(): boolean {
    return this.#key.wiped;
  }

  /** A key takes so many bytes at most. */
  get longest(): number {
    return LONGEST * this.#key.byteLength;
  }

  /** Whether the data has the key, or enough of it, in any spelling. */
  isIn(data: Buffer): boolean {
    return this.#finder.find(data).length > 0;
  }

  /** Overwrites the key in data that is complete, so that nothing of it can go on in a next piece. */
  eraseWhole(data: Buffer): void {
    this.#eraseIn(data, data.length, this.#finder.find(data));
  }

  #eraseIn(data: Buffer, before: number, found: Ranges): void {
    for (let i = 0; i < found.length; i += 2) {
      const [from = 0, to = 0] = [found[i], found[i + 1]];
      if (from >= before) continue;
      data.fill(STAR, from, to);
      this.hits += 1;
    }
  }

  /** How many bytes at the end may be the beginning of a key. */
  unfinished(data: Buffer): number {
    return this.over ? 0 : Math.min(this.#finder.unfinished(data), this.longest);
  }

  /** For the reads of a socket, one cleaner for a response. */
  overReads(): PieceCleaner {
    return this.#cleaner((data) => this.#finder.findInLines(data));
  }

  /** For one response's body: erases across the borders of its chunks, which are wiped. */
  overBytes(): (chunk: Buffer, last: boolean) => Buffer {
    const cleaner = this.#cleaner((data) => this.#finder.find(data));
    return (chunk, last) => {
      const data = cleaner.read(chunk);
      chunk.fill(0);
      if (!last || !cleaner.holds) return data;
      const rest = cleaner.release();
      const all = secretBuffer(data.length + rest.length);
      data.copy(all);
      rest.copy(all, data.length);
      return all;
    };
  }

  /** The same for text that comes in pieces, which are joined before they become bytes. What is held back is ASCII, so no character is cut. */
  overText(): (delta: string, last: boolean) => string {
    const clean = this.overBytes();
    const joiner = new TextJoiner();
    return (delta, last) => clean(Buffer.from(joiner.join(delta, last)), last).toString();
  }

  #cleaner(find: (data: Buffer) => Ranges): PieceCleaner {
    return new PieceCleaner(
      {
        longest: this.longest,
        find,
        unfinished: (data) => this.unfinished(data),
        eraseIn: (data, before, found) => this.#eraseIn(data, before, found),
      },
      this.#key,
    );
  }
}
