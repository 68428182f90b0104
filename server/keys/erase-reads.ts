import type { Socket } from 'node:net';
import { hookReads } from '../providers/connect/read-hooks.ts';
import type { PieceCleaner } from './piece-cleaner.ts';
import type { Eraser } from './redact-bytes.ts';
import { scrubStack } from './scrub-stack.ts';

/** The end of a read may be the beginning of a key: it is held back until the next read, or for this time. */
const HOLD_MS = 50;

/**
 * Overwrites a key that a provider sends back, in the very buffer that the kernel wrote the read into and before anything else sees it:
 * so no buffer of libuv's, no queue of a stream and no parser ever holds eight characters of it in a row. A key that the provider cuts
 * into shorter pieces is erased when the body has been put together. Knows no key. Returns a function that takes the eraser of the run
 * whose response comes next.
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
      // Bytes that no request waits for. They may be the key of a run that is over, which nobody here can recognise any more.
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
