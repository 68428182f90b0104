import type { Socket } from 'node:net';
import type { Eraser } from './redact-bytes.ts';
import { scrubHeap } from './scrub-heap.ts';

const HEAD_END = [0x0d, 0x0a, 0x0d, 0x0a];
/** In `HTTP/1.1 103`, where a status has its first digit. */
const STATUS_AT = 9;
const ONE = 0x31;

/**
 * Overwrites what a provider echoes before the HTTP parser copies it. In heads, where the parser joins what came in pieces, an end that
 * may be the beginning of the key is held back until the next piece; bodies are joined by nobody before they are erased across their
 * pieces. Knows no key. The function that is returned is told whose response comes next.
 */
export function eraseReads(socket: Socket): (eraser: Eraser) => void {
  let eraser: Eraser | undefined;
  let head: HeadReader | undefined;
  const read = socket.read;
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read.call(socket, size);
    if (!eraser || !Buffer.isBuffer(chunk)) return chunk;
    if (eraser.over) {
      // Unasked, after the run: it may be the key, which nobody here knows any more.
      chunk.fill(0);
      scrubHeap();
      socket.destroy();
      return null;
    }
    const data = head ? head.read(chunk) : chunk;
    if (head?.ended) head = undefined;
    eraser.eraseWhole(data);
    return data.length > 0 ? data : null;
  };
  return (next) => {
    eraser = next;
    head = new HeadReader(next.overBytes());
  };
}

/** From a request to the end of its response's head; an interim one (1xx) has another behind it. */
class HeadReader {
  ended = false;
  readonly #clean: (chunk: Buffer, last: boolean) => Buffer;
  #at = 0;
  #matched = 0;
  #interim = false;

  constructor(clean: (chunk: Buffer, last: boolean) => Buffer) {
    this.#clean = clean;
  }

  read(chunk: Buffer): Buffer {
    const data = this.#clean(chunk, false);
    for (const byte of data) this.#see(byte);
    return this.ended ? Buffer.concat([data, this.#clean(Buffer.alloc(0), true)]) : data;
  }

  #see(byte: number): void {
    if (this.ended) return;
    if (this.#at === STATUS_AT) this.#interim = byte === ONE;
    this.#at += 1;
    if (byte === HEAD_END[this.#matched]) this.#matched += 1;
    else this.#matched = byte === HEAD_END[0] ? 1 : 0;
    if (this.#matched < HEAD_END.length) return;
    this.ended = !this.#interim;
    this.#at = 0;
    this.#matched = 0;
  }
}
