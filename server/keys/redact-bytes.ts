import { TextJoiner } from '../../shared/providers/text-joiner.ts';
import { KeyFinder } from './key-finder.ts';
import type { ProviderKey } from './provider-key.ts';
import { ReadCleaner } from './read-cleaner.ts';
import { overwrite } from './read-unit.ts';
import { secretBuffer } from './secret-buffer.ts';

/** `&#x0073;` for a character, of which hex has two for each of the key's. */
const LONGEST = 16;
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

  erase(data: Buffer, from: number, to: number): void {
    overwrite(data, from, to, STAR);
    this.hits += 1;
  }

  eraseWhole(chunk: Buffer, before = chunk.length): void {
    const found = this.#finder.find(chunk);
    for (let i = 0; i < found.length; i += 2) {
      const [from = 0, to = 0] = [found[i], found[i + 1]];
      if (from < before) this.erase(chunk, from, to);
    }
  }

  /** How many bytes at the end may be the beginning of a key. */
  unfinished(data: Buffer): number {
    return this.over ? 0 : Math.min(this.#finder.unfinished(data), this.longest);
  }

  /** Where in `data` a key ends that began before it: `joined` has the last `before` bytes, and some of `data`. */
  endOfCrossing(joined: Buffer, before: number, data: Buffer): number {
    const endIn = (bytes: Buffer): number =>
      this.#finder.find(bytes).reduce((end, at, i, all) => {
        const crosses = i % 2 === 1 && at > before && (all[i - 1] ?? 0) < before;
        return crosses ? Math.max(end, at - before) : end;
      }, 0);
    if (endIn(joined) === 0) return 0;
    const all = secretBuffer(before + Math.min(data.length, this.longest));
    joined.copy(all, 0, 0, before);
    data.copy(all, before);
    const end = endIn(all);
    all.fill(0);
    return end;
  }

  /** For the reads of a socket, one cleaner for a response. */
  overReads(): ReadCleaner {
    return new ReadCleaner(this, this.#key);
  }

  /** For one response: erases across chunk borders by holding back a tail that may be the beginning of the key. */
  overBytes(): (chunk: Buffer, last: boolean) => Buffer {
    const store = this.#key.derive(this.longest);
    let held = store.subarray(0, 0);
    return (chunk, last) => {
      let data = chunk;
      if (held.length > 0) {
        data = secretBuffer(held.length + chunk.length);
        held.copy(data);
        chunk.copy(data, held.length);
        chunk.fill(0);
      }
      const tail = last ? 0 : this.unfinished(data);
      // A match may reach into what is held back; one that begins there may still grow.
      this.eraseWhole(data, data.length - tail);
      store.fill(0);
      held = store.subarray(0, tail);
      if (tail > 0) {
        data.copy(store, 0, data.length - tail);
        data.fill(0, data.length - tail);
      }
      return data.subarray(0, data.length - tail);
    };
  }

  /** The same for text that comes in pieces, which are joined before they become bytes. What is held back is ASCII, so no character is cut. */
  overText(): (delta: string, last: boolean) => string {
    const clean = this.overBytes();
    const joiner = new TextJoiner();
    return (delta, last) => clean(Buffer.from(joiner.join(delta, last)), last).toString();
  }
}
