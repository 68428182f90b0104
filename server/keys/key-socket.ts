import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { eraseReads } from './erase-reads.ts';
import type { Lease } from './key-lease.ts';
import type { ProviderKey } from './provider-key.ts';
import type { Eraser } from './redact-bytes.ts';

const MARK = 'oneturn-key-';
const PLACEHOLDER = new RegExp(`${MARK}[0-9a-f]{32}`, 'g');

/** The requests' heads go through `watch`ed sockets: there, and only there, the key replaces its placeholder. */
export class KeySockets {
  readonly #leases = new Map<
    string,
    { key: ProviderKey; eraser: Eraser; origin: string; line: string; sockets: Set<Socket> }
  >();
  /** Tells a socket whose response it reads next; one request at a time, so one eraser. */
  readonly #readers = new WeakMap<Socket, (eraser: Eraser) => void>();

  get leases(): number {
    return this.#leases.size;
  }

  /** `line` is the auth header with what stands before the key: `authorization: Bearer `. */
  lease(key: ProviderKey, eraser: Eraser, origin: string, line: string): Lease {
    const placeholder = MARK + randomBytes(16).toString('hex');
    const sockets = new Set<Socket>();
    this.#leases.set(placeholder, { key, eraser, origin, line: `\r\n${line}${placeholder}\r\n`, sockets });
    return { placeholder, sockets, end: () => void this.#leases.delete(placeholder) };
  }

  /** undici 7 writes a request's head as one latin1 string and its body as a Buffer, so a body is never looked at. */
  watch(socket: Socket, origin: string): Socket {
    const write = socket.write;
    socket.write = ((chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      if (typeof chunk !== 'string' || !chunk.includes(MARK)) {
        // as: the arguments are passed on as they came
        return write.call(socket, chunk as string, encoding as BufferEncoding, callback as () => void);
      }
      const head = this.#fill(chunk, origin, socket);
      if (!head) {
        socket.destroy(new Error('a request without a valid lease was not sent'));
        return false;
      }
      const done = typeof encoding === 'function' ? encoding : callback;
      const corked = socket.writableCorked;
      // One Buffer in one write: given several, TLSWrap gathers them in a store of its own that nobody wipes.
      while (socket.writableCorked) socket.uncork();
      const more = write.call(socket, head as unknown as string, 'latin1', (error?: Error | null) => {
        head.fill(0);
        if (typeof done === 'function') done(error);
      });
      for (let i = 0; i < corked; i++) socket.cork();
      return more;
    }) as Socket['write']; // as: one function for the overloads
    this.#readers.set(socket, eraseReads(socket));
    return socket;
  }

  #fill(head: string, origin: string, socket: Socket): Buffer | undefined {
    const marks = head.match(PLACEHOLDER);
    const lease = marks?.length === 1 && marks[0] ? this.#leases.get(marks[0]) : undefined;
    if (!lease || lease.origin !== origin || lease.key.wiped) return undefined;
    const line = head.toLowerCase().indexOf(lease.line.toLowerCase());
    if (line < 0) return undefined;
    const at = line + lease.line.length - 2 - (MARK.length + 32);
    const tail = head.slice(at + MARK.length + 32);
    // A Buffer of the key's own: should the socket die while this waits in its queue, it is wiped with the key.
    const filled = lease.key.derive(at + lease.key.byteLength + tail.length);
    filled.write(head.slice(0, at), 0, 'latin1');
    lease.key.copyInto(filled, at);
    filled.write(tail, at + lease.key.byteLength, 'latin1');
    lease.sockets.add(socket);
    this.#readers.get(socket)?.(lease.eraser);
    return filled;
  }
}
