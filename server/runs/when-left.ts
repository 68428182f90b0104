import type { HttpBindings } from '@hono/node-server';

/**
 * Calls back when the client can no longer be answered, at once if that is so already. Looks at the connection too: a response that
 * is queued behind another one on the same connection (pipelining) has no socket yet, and closes with none. Returns how to stop.
 */
export function whenLeft({ incoming: { socket }, outgoing }: HttpBindings, left: () => void): () => void {
  outgoing.once('close', left);
  socket.once('close', left);
  if (outgoing.destroyed || socket.destroyed) left();
  return () => {
    outgoing.off('close', left);
    socket.off('close', left);
  };
}
