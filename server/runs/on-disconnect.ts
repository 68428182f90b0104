import type { HttpBindings } from '@hono/node-server';

/**
 * Calls back when the client can no longer be answered, at once if that is so already. Looks at the connection too: a response that
 * is queued behind another one on the same connection (pipelining) has no socket yet, and closes with none. Returns a function that
 * stops listening.
 */
export function onDisconnect(
  { incoming: { socket }, outgoing }: HttpBindings,
  disconnected: () => void,
): () => void {
  outgoing.once('close', disconnected);
  socket.once('close', disconnected);
  if (outgoing.destroyed || socket.destroyed) disconnected();
  return () => {
    outgoing.off('close', disconnected);
    socket.off('close', disconnected);
  };
}
