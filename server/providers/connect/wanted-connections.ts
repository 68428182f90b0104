import type { Socket } from 'node:net';
import { AddressRefused } from './connect-fault.ts';

interface Wanted {
  requests: number;
  readonly dialing: Set<Socket>;
}

/**
 * Requests that wait for a connection, by origin, and the connections being made for them. undici 7 tells a connector neither that
 * a request was aborted while it connects, nor that the connection it asks for after an abort is for the aborted request.
 */
const origins = new Map<string, Wanted>();

function entry(origin: string): Wanted {
  const known = origins.get(origin) ?? { requests: 0, dialing: new Set() };
  origins.set(origin, known);
  return known;
}

/** The returned function says, once, that the request has its connection or wants none any more. */
export function wantConnection(origin: string): () => void {
  entry(origin).requests += 1;
  let released = false;
  return () => {
    if (released) return;
    released = true;
    const wanted = entry(origin);
    wanted.requests -= 1;
    if (wanted.requests > 0) return;
    // With an error, for a plain destroy would leave undici waiting.
    for (const socket of wanted.dialing)
      socket.destroy(new AddressRefused('nobody waits for this connection any more'));
    remove(origin, wanted);
  };
}

export function isWanted(origin: string): boolean {
  return (origins.get(origin)?.requests ?? 0) > 0;
}

/** The returned function says that the connection was made, or failed. */
export function dialing(origin: string, socket: Socket): () => void {
  const wanted = entry(origin);
  wanted.dialing.add(socket);
  return () => {
    wanted.dialing.delete(socket);
    remove(origin, wanted);
  };
}

function remove(origin: string, wanted: Wanted): void {
  if (wanted.requests === 0 && wanted.dialing.size === 0) origins.delete(origin);
}
