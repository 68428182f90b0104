import { inspect } from 'node:util';

const HIDDEN = '[provider key]';

/**
 * The user's key for one run: one Buffer that this class owns, outside every pool, and zero-fills. There is no way to read it but
 * `copyInto`, whose callers are the socket's write and the eraser; nothing that prints, serialises or clones an object shows it.
 */
export class ProviderKey {
  readonly #bytes: Buffer;
  readonly #derived: Buffer[] = [];
  #wiped = false;

  /** Copies, so that the caller wipes its own. */
  constructor(source: Uint8Array) {
    this.#bytes = Buffer.allocUnsafeSlow(source.length);
    this.#bytes.set(source);
  }

  get wiped(): boolean {
    return this.#wiped;
  }

  /** Bytes that a copy takes. */
  get byteLength(): number {
    return this.#bytes.length;
  }

  copyInto(target: Buffer, at: number): void {
    if (this.#wiped) throw new Error('the key was asked for after its run had ended: take the lease inside the run');
    this.#bytes.copy(target, at);
  }

  /** A Buffer for bytes made from the key, wiped together with it. */
  derive(byteLength: number): Buffer {
    const derived = Buffer.allocUnsafeSlow(byteLength);
    this.#derived.push(derived);
    return derived;
  }

  wipe(): void {
    this.#wiped = true;
    this.#bytes.fill(0);
    for (const derived of this.#derived.splice(0)) derived.fill(0);
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.toPrimitive](): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
