import type { Ranges } from './key-finder.ts';
import type { ProviderKey } from './provider-key.ts';
import { LONGEST_UNIT } from './read-unit.ts';
import { secretBuffer } from './secret-buffer.ts';

/** What a `PieceCleaner` needs of the eraser that made it. */
export interface BorderEraser {
  readonly longest: number;
  find(data: Buffer): Ranges;
  unfinished(data: Buffer): number;
  /** Overwrites what was found, as far as it begins before that place. */
  eraseIn(data: Buffer, before: number, found: Ranges): void;
}

/** So many bytes of what was passed on are kept, to recognise a key that goes on in the next piece: eight characters in their longest spelling. */
const BORDER_BYTES = 8 * LONGEST_UNIT;

/**
 * For what comes in pieces: reads of a socket, chunks of a body, deltas of text. Erases across their borders: what may be the beginning
 * of a key is held back until the next piece, or until `release`; of a key whose beginning was passed on, or that begins in its middle,
 * up to seven characters stay, and the rest is erased all the same.
 */
export class PieceCleaner {
  readonly #eraser: BorderEraser;
  readonly #held: Buffer;
  #heldBytes = 0;
  /** The end of what was passed on, as it came, and the next data's beginning. */
  readonly #border: Buffer;
  #borderBytes = 0;

  constructor(eraser: BorderEraser, key: ProviderKey) {
    this.#eraser = eraser;
    this.#held = key.derive(eraser.longest);
    this.#border = key.derive(2 * BORDER_BYTES);
  }

  get holds(): boolean {
    return this.#heldBytes > 0;
  }

  /** A copy of what may be passed on. */
  read(view: Buffer): Buffer {
    const data = secretBuffer(this.#heldBytes + view.length);
    this.#held.copy(data, 0, 0, this.#heldBytes);
    view.copy(data, this.#heldBytes);
    return this.#pass(data, this.#eraser.unfinished(data));
  }

  /** Nothing more has come: what was held back, as far as it is not the key. */
  release(): Buffer {
    const data = secretBuffer(this.#heldBytes);
    this.#held.copy(data);
    return this.#pass(data, 0);
  }

  #pass(data: Buffer, tail: number): Buffer {
    const end = data.length - tail;
    this.#held.fill(0, 0, this.#heldBytes);
    data.copy(this.#held, 0, end);
    this.#heldBytes = tail;
    const gone = this.#borderBytes > 0 && end > 0 ? this.#endOfCrossing(data) : 0;
    this.#keepBorder(data, end);
    this.#eraser.eraseIn(data, end, this.#eraser.find(data));
    if (gone > 0) this.#eraser.eraseIn(data, end, [0, gone]);
    data.fill(0, end);
    return data.subarray(0, end);
  }

  /** Where in the data a key ends that began before it; 0: none did. */
  #endOfCrossing(data: Buffer): number {
    const before = this.#borderBytes;
    const bytes = data.copy(this.#border, before, 0, BORDER_BYTES);
    if (this.#endIn(this.#border.subarray(0, before + bytes)) === 0) return 0;
    const all = secretBuffer(before + Math.min(data.length, this.#eraser.longest));
    this.#border.copy(all, 0, 0, before);
    data.copy(all, before);
    const end = this.#endIn(all);
    all.fill(0);
    return end;
  }

  #endIn(joined: Buffer): number {
    const before = this.#borderBytes;
    return this.#eraser.find(joined).reduce((end, at, i, all) => {
      const crosses = i % 2 === 1 && at > before && (all[i - 1] ?? 0) < before;
      return crosses ? Math.max(end, at - before) : end;
    }, 0);
  }

  #keepBorder(data: Buffer, end: number): void {
    if (end >= BORDER_BYTES) {
      data.copy(this.#border, 0, end - BORDER_BYTES, end);
      this.#borderBytes = BORDER_BYTES;
      return;
    }
    const all = this.#borderBytes + end;
    data.copy(this.#border, this.#borderBytes, 0, end);
    this.#borderBytes = Math.min(all, BORDER_BYTES);
    this.#border.copyWithin(0, all - this.#borderBytes, all);
  }
}
