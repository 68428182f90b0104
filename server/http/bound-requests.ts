import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Failure } from '../../shared/contract/failure.ts';
import { ROUTES } from '../../shared/contract/routes.ts';

/**
 * How much of this process clients may hold by sending without reading, or by beginning without ending. Node answers pipelined requests in
 * order and keeps every answer in memory until then: 200 connections with 2,000 requests each took 4.3 GB.
 */
export interface RequestBounds {
  /** Requests of one connection that wait for their answer. One more ends the connection. */
  readonly unanswered: number;
  /** Answers of the whole process that wait for their client, in bytes. Above it the connections that hold most are ended. */
  readonly unsentBytes: number;
  /** Request bodies of the whole process that have begun to come and not ended. */
  readonly openBodies: number;
}

export const REQUEST_BOUNDS: RequestBounds = { unanswered: 8, unsentBytes: 64_000_000, openBodies: 2000 };

/** How often it is checked what waits: after so many requests, and after so much time. */
const LOOK_REQUESTS = 64;
const LOOK_MS = 250;

const BUSY: Failure = {
  code: 'unavailable',
  message: 'This server has too many unfinished requests. Try again in some seconds.',
  retryAfterSeconds: 5,
};

export class BoundedRequests {
  readonly #bounds: RequestBounds;
  readonly #waiting = new Map<Socket, Set<ServerResponse>>();
  #openBodies = 0;
  #sinceLook = 0;
  #full = false;

  constructor(bounds: RequestBounds) {
    this.#bounds = bounds;
  }

  /** 'cut': the connection is ended, and nothing may be written. A failure: to be answered, with the connection's end. */
  take(incoming: IncomingMessage, outgoing: ServerResponse): 'taken' | 'cut' | Failure {
    const { socket } = incoming;
    const waiting = this.#waiting.get(socket) ?? new Set();
    if (waiting.size >= this.#bounds.unanswered || socket.destroyed) {
      stopParsing(socket);
      socket.destroy();
      return 'cut';
    }
    waiting.add(outgoing);
    this.#waiting.set(socket, waiting);
    outgoing.once('close', () => {
      waiting.delete(outgoing);
      if (waiting.size === 0) this.#waiting.delete(socket);
    });

    this.#sinceLook += 1;
    if (this.#sinceLook >= LOOK_REQUESTS) this.#look();
    // a supervisor that asks whether the process lives must not be told that it is dead
    if (this.#full && incoming.url !== ROUTES.health) return BUSY;
    return this.#takeBody(incoming) ? 'taken' : BUSY;
  }

  /** Checks for as long as the server listens. */
  watch(server: Server): void {
    const timer = setInterval(() => this.#look(), LOOK_MS);
    timer.unref();
    server.once('close', () => clearInterval(timer));
  }

  #takeBody(incoming: IncomingMessage): boolean {
    const { 'content-length': length, 'transfer-encoding': coding } = incoming.headers;
    if (coding === undefined && (length === undefined || Number(length) === 0)) return true;
    if (this.#openBodies >= this.#bounds.openBodies) return false;
    this.#openBodies += 1;
    let open = true;
    const over = (): void => {
      if (open) this.#openBodies -= 1;
      open = false;
    };
    incoming.once('end', over).once('close', over);
    return true;
  }

  /** Ends those that hold most until half of the bound is free again. */
  #look(): void {
    this.#sinceLook = 0;
    const holders: (readonly [Socket, number])[] = [];
    let unsent = 0;
    for (const [socket, responses] of this.#waiting) {
      let bytes = socket.writableLength;
      // of a response that is the socket's turn, writableLength has the socket's bytes in it
      for (const response of responses) if (response.socket === null) bytes += response.writableLength;
      if (bytes > 0) holders.push([socket, bytes]);
      unsent += bytes;
    }
    this.#full = unsent > this.#bounds.unsentBytes;
    if (!this.#full) return;
    for (const [socket, bytes] of holders.sort(([, a], [, b]) => b - a)) {
      if (unsent <= this.#bounds.unsentBytes / 2) return;
      unsent -= bytes;
      socket.destroy();
    }
  }
}

/**
 * What was read of a connection is parsed to its end, even when it is destroyed: of 64 kB Node makes 1,300 requests, and fails each with
 * an error and its stack. Two thousand pipelined requests took 49 ms of processor time; with their eight answers they now take 13 ms.
 * Node has no documented way to stop. This one holds in Node 20 to 24, and a test counts the requests that are made: the parser asks
 * `onIncoming` about each request, and stops at the answer 2, which is meant for a connection that HTTP leaves (CONNECT). In a Node
 * without it nothing is changed: all are parsed then, and `take` drops them one by one, for their socket is destroyed.
 */
function stopParsing(socket: Socket): void {
  // as: Node's own, and not in its types
  const { parser } = socket as { readonly parser?: { onIncoming?: unknown } | null };
  if (typeof parser?.onIncoming === 'function') parser.onIncoming = () => 2;
}
