/** A bounded body that is read whole: an error's, or a model list's. */
export class BodyCollector {
  readonly #maxBytes: number;
  readonly #clean: ((chunk: Buffer, last: boolean) => Buffer) | undefined;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number, clean: ((chunk: Buffer, last: boolean) => Buffer) | undefined) {
    this.#maxBytes = maxBytes;
    this.#clean = clean;
  }

  /** False when there is enough. */
  push(chunk: Buffer): boolean {
    const fits = chunk.subarray(0, this.#maxBytes - this.#bytes);
    this.#bytes += fits.length;
    // Copied: undici's chunks are views of a socket's buffer.
    this.#chunks.push(Buffer.from(this.#clean?.(fits, false) ?? fits));
    return this.#bytes < this.#maxBytes;
  }

  text(): string {
    const rest = this.#clean?.(Buffer.alloc(0), true);
    return Buffer.concat(rest ? [...this.#chunks, rest] : this.#chunks).toString('utf8');
  }
}
