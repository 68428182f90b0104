import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Cuts connections whose client has stopped reading: what is sent to them waits in our memory, up to 200 pipelined answers each. Node's own
 * socket timer is reset by every byte that moves; when it fires, it is checked whether anything waits. A quiet event stream has nothing
 * waiting and goes on, as does a request whose answer is still being made.
 */
export function cutStalled(server: Server, stallMs: number): void {
  const answering = new WeakMap<Socket, number>();
  const count = (socket: Socket, change: 1 | -1): void =>
    void answering.set(socket, (answering.get(socket) ?? 0) + change);

  server.setTimeout(stallMs);
  server.on('request', ({ socket }: IncomingMessage, outgoing: ServerResponse) => {
    count(socket, 1);
    outgoing.once('close', () => count(socket, -1));
  });
  server.on('timeout', (socket: Socket) => {
    // who listens here has to end idle kept connections as well: the same timer counts keepAliveTimeout
    if (socket.writableLength > 0 || answering.get(socket) === 0) socket.destroy();
  });
}
