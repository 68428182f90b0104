import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface Connections {
  /** What has to end when the client of that connection leaves. */
  of(socket: Socket): Set<() => void>;
  /** Resolves when no connection is open; a server's own `close` comes before that of its sockets. */
  allClosed(): Promise<void>;
}

/** Tells at once when a client leaves. */
export function trackConnections(server: Server): Connections {
  const leaving = new WeakMap<Socket, Set<() => void>>();
  const open = new Set<Socket>();
  let whenClosed: (() => void) | undefined;

  server.on('connection', (socket) => {
    const callbacks = new Set<() => void>();
    leaving.set(socket, callbacks);
    open.add(socket);
    const gone = (): void => {
      for (const left of [...callbacks]) left();
    };
    // FIN is seen here at once; `close` waits until everything that was written has been taken.
    socket.on('end', gone);
    socket.on('error', gone);
    socket.on('close', () => {
      gone();
      open.delete(socket);
      if (open.size === 0) whenClosed?.();
    });
  });

  return {
    of: (socket) => leaving.get(socket) ?? new Set(),
    allClosed: () =>
      new Promise((resolve) => {
        whenClosed = resolve;
        if (open.size === 0) resolve();
      }),
  };
}
