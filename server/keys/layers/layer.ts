import { secretBuffer } from '../secret-buffer.ts';

/** A text with one layer taken off, and for each of its bytes where in the text before it stood. */
export class Layer {
  readonly #memory: Buffer;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  #size = 0;

  /** For so many bytes at most. */
  constructor(most: number) {
    this.#memory = secretBuffer(most);
    this.#starts = new Int32Array(most);
    this.#ends = new Int32Array(most);
  }

  add(byte: number, start: number, end: number): void {
    this.#memory[this.#size] = byte;
    this.#starts[this.#size] = start;
    this.#ends[this.#size] = end;
    this.#size += 1;
  }

  get bytes(): Buffer {
    return this.#memory.subarray(0, this.#size);
  }

  startOf(at: number): number {
    return this.#starts[at] ?? 0;
  }

  /** Where the byte before `to` ends. */
  endOf(to: number): number {
    return this.#ends[to - 1] ?? 0;
  }

  wipe(): void {
    this.#memory.fill(0);
  }
}
