import type { Socket } from 'node:net';
import type { Vendor } from '../../shared/providers/vendor.ts';
import type { Upstream } from '../providers/upstream.ts';
import { erasePieces } from './erase-pieces.ts';
import type { KeyAgents } from './key-agents.ts';
import type { KeySockets } from './key-socket.ts';
import type { ProviderKey } from './provider-key.ts';
import { Eraser } from './redact-bytes.ts';
import { scrubStack } from './scrub-stack.ts';

/** How long it took until the destroyed sockets were closed, in ms, and how many they were. */
export interface Closed {
  readonly closedMs: number;
  readonly sockets: number;
}

/** The way to one provider with the key in it, for the time of one run. */
export interface KeyUpstream {
  readonly upstream: Upstream;
  /** Waits for the sockets that were destroyed, from now on; idle ones go on serving other runs. */
  closed(): Promise<Closed>;
  close(): void;
}

/** What all runs share on their way to a provider. */
export interface UpstreamParts {
  readonly agents: KeyAgents;
  readonly sockets: KeySockets;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** Until it is closed. The key itself is not copied: it goes into each request's head as that is written to the socket. */
export function openUpstream(
  key: ProviderKey,
  vendor: Vendor,
  origin: string,
  parts: UpstreamParts,
): KeyUpstream {
  const eraser = new Eraser(key);
  const agent = parts.agents.for(vendor, origin);
  const over = new AbortController();
  const keyless = vendor.key === 'optional' && key.byteLength === 0;
  const lease = keyless
    ? undefined
    : parts.sockets.lease(key, eraser, origin, `${vendor.auth.header}: ${vendor.auth.prefix}`);
  return {
    upstream: {
      vendor,
      origin,
      dispatcher: agent.dispatcher,
      authorization: lease && vendor.auth.prefix + lease.placeholder,
      cleaner: () => eraser.overBytes(),
      textCleaner: () => eraser.overText(),
      wordsCleaner: erasePieces(key),
      ...(keyless && { limiter: () => parts.agents.keylessLimiter(origin) }),
      over: over.signal,
    },
    closed: () => closed(lease?.sockets ?? agent.own, parts.now),
    close() {
      over.abort();
      lease?.end();
      if (eraser.hits > 0) scrubStack();
      agent.done();
    },
  };
}

async function closed(sockets: ReadonlySet<Socket>, now: () => number): Promise<Closed> {
  const from = now();
  const destroyed = [...sockets].filter((socket) => socket.destroyed);
  await Promise.all(destroyed.map(closing));
  return { closedMs: now() - from, sockets: destroyed.length };
}

function closing(socket: Socket): Promise<void> {
  return socket.closed
    ? Promise.resolve()
    : new Promise((resolve) => void socket.once('close', () => resolve()));
}
