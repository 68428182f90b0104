import type { Socket } from 'node:net';
import { hookReads } from '../providers/connect/read-hooks.ts';
import type { PieceCleaner } from './piece-cleaner.ts';
import type { Eraser } from './redact-bytes.ts';
import { scrubStack } from './scrub-stack.ts';

/** What may be the beginning of a key waits so long for the next read. */
const HOLD_MS = 50;

/**
 * Overwrites what a provider echoes where the kernel has put it, before anything else has seen it: no block of libuv's, no queue of a
 * stream and no parser holds eight characters of it in a row. What it cuts finer is erased when the body has been put together. Knows no key. The function that is returned is told whose response comes next.
 */
export function eraseReads(socket: Socket): (eraser: Eraser) => void {
  let eraser: Eraser | undefined;
  let reads: PieceCleaner | undefined;
  let timer: NodeJS.Timeout | undefined;
  const push = socket.push;
  const release = (): void => {
    clearTimeout(timer);
    if (reads?.holds && !eraser?.over) push.call(socket, reads.release());
  };
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk === null) release();
    return push.call(socket, chunk, encoding);
  };
  socket.once('close', () => clearTimeout(timer));
  hookReads(socket, (view) => {
    if (!eraser || !reads) return Buffer.from(view);
    if (eraser.over) {
      // Unasked, after the run: it may be the key, which nobody here knows any more.
      view.fill(0);
      socket.destroy();
      scrubStack();
      return undefined;
    }
    clearTimeout(timer);
    const data = reads.read(view);
    if (reads.holds) timer = setTimeout(release, HOLD_MS).unref();
    return data.length > 0 ? data : undefined;
  });
  return (next) => {
    release();
    eraser = next;
    reads = next.overReads();
  };
}
