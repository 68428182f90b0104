import type { Canary } from './canary.ts';
import { type CanaryIndex, hashOf, indexOf } from './canary-index.ts';
import { memoryOf, type View } from './process-memory.ts';

/** So many characters of a key in a row, however they are spelled, are a piece of it: no other text has them by chance. */
const PIECE_CHARS = 8;
/** Or so many anywhere in it, when they are half of it: a copy that others have written into. */
const SCATTERED_CHARS = 10;

/** Copies found in a process: nearly whole ones, and pieces. `hit` counts canaries with any. */
export interface Residue {
  readonly whole: number;
  readonly pieces: number;
  readonly hit: number;
  /** How often each spelling of each length was found, and where: `base64+2 of 39 in [heap]`. */
  readonly found: Readonly<Record<string, number>>;
  readonly megabytes: number;
}

export const NOTHING: Omit<Residue, 'megabytes'> = { whole: 0, pieces: 0, hit: 0, found: {} };

/** Searches a live process for canaries in one pass, whatever their number. */
export function scanMemory(pid: number, canaries: readonly Canary[]): Residue {
  return new Search(canaries).over(memoryOf(pid));
}

/** Which of the canaries have any copy there, by their place in the list. */
export function hitsIn(pid: number, canaries: readonly Canary[]): ReadonlySet<number> {
  const search = new Search(canaries);
  search.over(memoryOf(pid));
  return search.hit;
}

/** What it leaves out is how much memory was searched. */
export function residueOf(pid: number, canaries: readonly Canary[]): Omit<Residue, 'megabytes'> {
  const { megabytes: _, ...residue } = scanMemory(pid, canaries);
  return residue;
}

/** The same search over bytes: an output, a response. */
export function scanBytes(bytes: Buffer, canaries: readonly Canary[]): Residue {
  return scanParts([bytes], canaries);
}

/** And over many, such as files, one after the other. */
export function scanParts(parts: Iterable<Buffer>, canaries: readonly Canary[]): Residue {
  return new Search(canaries).over(alignedViews(parts));
}

function* alignedViews(parts: Iterable<Buffer>): Generator<View> {
  for (const part of parts) {
    // Copied to where words are aligned.
    const bytes = Buffer.from(new ArrayBuffer(Math.ceil(part.length / 4) * 4));
    part.copy(bytes);
    yield { bytes, from: 0, to: bytes.length, name: 'bytes' };
  }
}

/** All copies in all spellings. */
export function copies({ whole, pieces }: Residue): number {
  return whole + pieces;
}

/**
 * Every fourth byte of memory begins a word; each that occurs in some spelling is looked at more closely. So a copy is found by any
 * seven bytes in a row that nobody has written over, and counted by all that agree.
 */
class Search {
  readonly #index: CanaryIndex;
  readonly #found: Record<string, number> = {};
  readonly hit = new Set<number>();
  #whole = 0;
  #pieces = 0;

  constructor(canaries: readonly Canary[]) {
    this.#index = indexOf(canaries);
  }

  over(views: Iterable<View>): Residue {
    let bytes = 0;
    for (const view of views) {
      bytes += view.to - view.from;
      this.#view(view);
    }
    return {
      whole: this.#whole,
      pieces: this.#pieces,
      hit: this.hit.size,
      found: this.#found,
      megabytes: Math.round(bytes / 2 ** 20),
    };
  }

  #view({ bytes, from, to, name }: View): void {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    const { filter, places: all } = this.#index;
    /** A copy has many words of its target. */
    const seen = new Set<string>();
    const end = Math.min(words.length, to >> 2);
    for (let i = from >> 2; i < end; i++) {
      const word = words[i] ?? 0;
      if (word === 0) continue;
      const bit = hashOf(word);
      if (((filter[bit >> 5] ?? 0) & (1 << bit)) === 0) continue;
      const places = all.get(word);
      for (let p = 0; places && p < places.length; p += 2) {
        const target = places[p] ?? 0;
        const start = (i << 2) - (places[p + 1] ?? 0);
        const agreeing = this.#agreeing(bytes, start, target);
        if (agreeing === undefined || seen.has(`${target} ${start}`)) continue;
        seen.add(`${target} ${start}`);
        this.#note(target, agreeing, name);
      }
    }
  }

  #note(index: number, whole: boolean, where: string): void {
    const target = this.#index.targets[index];
    if (!target) return;
    if (whole) this.#whole += 1;
    else this.#pieces += 1;
    this.hit.add(target.canary);
    const name = `${target.name} of ${target.length} in ${where || 'anonymous memory'}`;
    this.#found[name] = (this.#found[name] ?? 0) + 1;
  }

  /** Whether it is nearly whole; undefined when too little of the target is there. */
  #agreeing(bytes: Buffer, start: number, index: number): boolean | undefined {
    const target = this.#index.targets[index];
    if (!target) return undefined;
    const { unit, perChar = 1, bytes: wanted } = target;
    let [agreeing, row, longest, chars] = [0, 0, 0, 0];
    for (let at = 0; at + unit <= wanted.length; at += unit) {
      chars += 1;
      let same = true;
      for (let i = at; i < at + unit && same; i++) same = bytes[start + i] === wanted[i];
      row = same ? row + 1 : 0;
      if (same) agreeing += 1;
      if (row > longest) longest = row;
    }
    if (longest >= PIECE_CHARS * perChar || (agreeing >= SCATTERED_CHARS && agreeing * 2 >= chars))
      return agreeing * 4 >= chars * 3;
    return undefined;
  }
}
