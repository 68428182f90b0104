import type { ProviderKey } from './provider-key.ts';
import { secretBuffer } from './secret-buffer.ts';

/** What it asks of the eraser that made it. */
export interface BorderEraser {
  readonly longest: number;
  unfinished(data: Buffer): number;
  endOfCrossing(joined: Buffer, before: number, data: Buffer): number;
  eraseWhole(data: Buffer, before: number): void;
  erase(data: Buffer, from: number, to: number): void;
}

/** So much of what was passed on is kept, to find what goes on in the next read: eight characters in their longest spelling. */
const BORDER_BYTES = 64;

/**
 * For the reads of one socket: erases across their borders. What may be the beginning of a key is held back until the next read, or
 * until `release`; of a key whose beginning was released, up to seven characters stay, and the rest is erased all the same.
 */
export class ReadCleaner {
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
    const gone =
      this.#borderBytes > 0 && end > 0
        ? this.#eraser.endOfCrossing(this.#joined(data), this.#borderBytes, data)
        : 0;
    const crossing = gone > 0 ? this.#withBorder(data, gone) : undefined;
    const before = this.#borderBytes;
    this.#keepBorder(data, end);
    this.#eraser.eraseWhole(data, end);
    if (crossing) {
      this.#eraser.erase(crossing, before, before + gone);
      crossing.copy(data, 0, before, before + gone);
      crossing.fill(0);
    }
    data.fill(0, end);
    return data.subarray(0, end);
  }

  #joined(data: Buffer): Buffer {
    const bytes = data.copy(this.#border, this.#borderBytes, 0, BORDER_BYTES);
    return this.#border.subarray(0, this.#borderBytes + bytes);
  }

  /** So much of the data with what stands around it, which tells where chunks begin. */
  #withBorder(data: Buffer, bytes: number): Buffer {
    const all = secretBuffer(this.#borderBytes + Math.min(data.length, bytes + BORDER_BYTES));
    this.#border.copy(all, 0, 0, this.#borderBytes);
    data.copy(all, this.#borderBytes);
    return all;
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
