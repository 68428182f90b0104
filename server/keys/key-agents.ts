import type { Socket } from 'node:net';
import { type buildConnector, type Dispatcher, Pool } from 'undici';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { POOL_OPTIONS } from '../providers/connect/safe-connect.ts';
import type { RateLimiter } from '../providers/rate-limiter.ts';
import type { KeySockets } from './key-socket.ts';
import { createKeylessLimiters } from './keyless-limiters.ts';

/** undici's way to open a socket, TLS included. Tests give one that trusts their certificate. */
export type Connector = buildConnector.connector;

const NONE: ReadonlySet<Socket> = new Set();

/** `dispatcher` for one run; `done` closes it unless it is shared. */
export interface RunAgent {
  readonly dispatcher: Dispatcher;
  /** The connections of an agent that is not shared. */
  readonly own: ReadonlySet<Socket>;
  done(): void;
}

/** The connections for runs on users' keys. Hosted runs have others. */
export interface KeyAgents {
  for(vendor: Vendor, origin: string): RunAgent;
  /** The line in which all runs stand that go there without a key. */
  readonly keylessLimiter: (origin: string) => RateLimiter;
  close(): Promise<void>;
}

/**
 * The connections that keys go out on. Warm ones are shared between runs only for the catalogue's fixed origins: the key is bound to
 * a request, not to a connection. A configured or user-named host gets connections of its own for each run. Pools, for undici 7's
 * Agent never keeps a connection again once one has ended under traffic (nodejs/undici#5022).
 */
export function createKeyAgents(sockets: KeySockets, connect: Connector): KeyAgents {
  const make = (origin: string, made: { add(socket: Socket): unknown }): Pool =>
    new Pool(origin, {
      ...POOL_OPTIONS,
      connect: (options, done) =>
        connect(options, (...[error, socket]) => {
          if (error) return done(error, null);
          made.add(socket);
          done(null, sockets.watch(socket, `${options.protocol}//${options.host ?? options.hostname}`));
        }),
    });
  const shared = new Map<string, Pool>();
  return {
    keylessLimiter: createKeylessLimiters(),
    for(vendor, origin) {
      if (!vendor.fixedOrigin) {
        const own = new Set<Socket>();
        const dispatcher = make(origin, own);
        return { dispatcher, own, done: () => void dispatcher.destroy().catch(() => undefined) };
      }
      const dispatcher = shared.get(origin) ?? make(origin, new WeakSet());
      shared.set(origin, dispatcher);
      return { dispatcher, own: NONE, done: () => undefined };
    },
    close: async () => {
      await Promise.all([...shared.values()].map((pool) => pool.destroy()));
      shared.clear();
    },
  };
}
