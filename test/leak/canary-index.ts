import type { Canary } from './canary.ts';
import { type Spelling, spellingsOf } from './spellings.ts';

/** One spelling of one canary. */
export interface Target extends Spelling {
  readonly canary: number;
  readonly length: number;
}

/** 32 KiB, so that it stays in the processor's nearest cache. */
const FILTER_BITS = 18;

/** Every word of four bytes that occurs in some spelling of some canary, at whatever place. */
export interface CanaryIndex {
  readonly size: number;
  readonly targets: readonly Target[];
  /** Where a word occurs: target and place, one after the other. */
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** A bit for each word's hash. */
  readonly filter: Int32Array;
}

export function hashOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

const known = new WeakMap<readonly Canary[], CanaryIndex>();

/** Made once for each list, or again when it has grown: thousands of files are searched for the same canaries. */
export function indexOf(canaries: readonly Canary[]): CanaryIndex {
  const made = known.get(canaries);
  if (made?.size === canaries.length) return made;
  const index = makeIndex(canaries);
  known.set(canaries, index);
  return index;
}

function makeIndex(canaries: readonly Canary[]): CanaryIndex {
  const targets = canaries.flatMap((canary, i) =>
    spellingsOf(canary).map((spelling) => ({ ...spelling, canary: i, length: canary.key.length })),
  );
  const places = new Map<number, number[]>();
  const filter = new Int32Array(1 << (FILTER_BITS - 5));
  targets.forEach(({ bytes, unit }, target) => {
    for (let at = 0; at + 4 <= bytes.length; at++) {
      // `\u00` itself is everywhere
      if (unit === 6 && (at + 1) % 6 < 3) continue;
      const word = bytes.readInt32LE(at);
      const there = places.get(word) ?? [];
      there.push(target, at);
      places.set(word, there);
      const bit = hashOf(word);
      filter[bit >> 5] = (filter[bit >> 5] ?? 0) | (1 << bit);
    }
  });
  return { size: canaries.length, targets, places, filter };
}
