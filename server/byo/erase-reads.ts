import type { Socket } from 'node:net';
import type { Eraser } from './redact-bytes.ts';
import { scrubHeap } from './scrub-heap.ts';

/** What a provider echoes is overwritten before the HTTP parser copies it, in heads too. Knows no key. */
export function eraseReads(socket: Socket, eraserOf: () => Eraser | undefined): void {
  const read = socket.read;
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read.call(socket, size);
    const eraser = eraserOf();
    if (!eraser || !Buffer.isBuffer(chunk)) return chunk;
    if (!eraser.over) {
      eraser.eraseWhole(chunk);
      return chunk;
    }
    // Unasked, after the run: it may be the key, which nobody here knows any more.
    chunk.fill(0);
    scrubHeap();
    socket.destroy();
    return null;
  };
}
