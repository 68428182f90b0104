import { inspect } from 'node:util';
import { secretBuffer } from './secret-buffer.ts';

const HIDDEN = '[provider key]';

/**
 * The user's key for one run: a Buffer outside V8's heap and every pool, zero-filled at the end. It is read by `copyInto` alone, whose callers are
 * the socket's write and the eraser; nothing that prints, serialises or clones an object shows it.
 */
export class ProviderKey {
  readonly #bytes: Buffer;
  readonly #derived: Buffer[] = [];
  wiped = false;

  /** Copies: the caller wipes its own. */
  constructor(source: Uint8Array) {
    this.#bytes = secretBuffer(source.length);
    this.#bytes.set(source);
  }

  get byteLength(): number {
    return this.#bytes.length;
  }

  copyInto(target: Buffer, at: number): void {
    if (this.wiped)
      throw new Error('the key was asked for after its run had ended: take the lease inside the run');
    this.#bytes.copy(target, at);
  }

  /** A Buffer for bytes made from the key, wiped together with it. */
  derive(byteLength: number): Buffer {
    const derived = secretBuffer(byteLength);
    this.#derived.push(derived);
    return derived;
  }

  wipe(): void {
    this.wiped = true;
    for (const bytes of [this.#bytes, ...this.#derived.splice(0)]) bytes.fill(0);
  }

  toString(): string {
    return HIDDEN;
  }

  static {
    // JSON, template strings and console.log ask for these.
    for (const name of ['toJSON', Symbol.toPrimitive, inspect.custom])
      Object.defineProperty(ProviderKey.prototype, name, { value: () => HIDDEN });
  }
}
