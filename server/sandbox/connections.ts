import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Counters } from './journal.ts';

export interface Connection {
  /** Counted from 1. */
  readonly number: number;
  /** Called when the client leaves: what has to end then. */
  readonly leave: Set<() => void>;
}

export interface Connections {
  of(socket: Socket): Connection;
  /** Leaves a connection out of the count. */
  uncount(socket: Socket): void;
  /** Resolves when no connection is open; a server's own `close` comes before that of its sockets. */
  allClosed(): Promise<void>;
}

/** Counts a server's connections, and tells at once when one of them is left. */
export function trackConnections(server: Server, counters: Counters): Connections {
  const known = new WeakMap<Socket, Connection>();
  const counted = new Set<Socket>();
  const open = new Set<Socket>();
  let total = 0;
  let whenClosed: (() => void) | undefined;

  const uncount = (socket: Socket): void => {
    counted.delete(socket);
    counters.openSockets = counted.size;
  };

  server.on('connection', (socket) => {
    const leave = new Set<() => void>();
    known.set(socket, { number: ++total, leave });
    counted.add(socket);
    open.add(socket);
    counters.openSockets = counted.size;
    const gone = (): void => {
      for (const left of [...leave]) left();
    };
    // FIN is seen here at once; `close` waits until everything that was written has been taken.
    socket.on('end', gone);
    socket.on('error', gone);
    socket.on('close', () => {
      gone();
      uncount(socket);
      open.delete(socket);
      if (open.size === 0) whenClosed?.();
    });
  });

  return {
    of: (socket) => known.get(socket) ?? { number: 0, leave: new Set() },
    uncount,
    allClosed: () =>
      new Promise((resolve) => {
        whenClosed = resolve;
        if (open.size === 0) resolve();
      }),
  };
}
