import type { Socket } from 'node:net';
import { Agent, type buildConnector } from 'undici';
import type { Vendor } from '../../shared/providers/vendor.ts';
import type { KeySockets } from './key-socket.ts';

export type Connector = buildConnector.connector;

const OPTIONS = { allowH2: false, pipelining: 1, keepAliveTimeout: 10_000, maxRequestsPerClient: 1000, autoSelectFamily: false } as const;

const NONE: ReadonlySet<Socket> = new Set();

/** `dispatcher` for one run; `done` closes it unless it is shared. */
export interface RunAgent {
  readonly dispatcher: Agent;
  /** The connections of an agent that is not shared. */
  readonly own: ReadonlySet<Socket>;
  done(): void;
}

export interface KeyAgents {
  for(vendor: Vendor): RunAgent;
  close(): Promise<void>;
}

/**
 * The connections that keys go out on. Warm ones are shared between runs only for the catalogue's fixed origins: the key is bound to
 * a request, not to a connection. A configured or user-named host gets connections of its own for each run.
 */
export function createKeyAgents(sockets: KeySockets, connect: Connector): KeyAgents {
  const make = (made: { add(socket: Socket): unknown }): Agent =>
    new Agent({
      ...OPTIONS,
      connect: (options, done) =>
        connect(options, (...[error, socket]) => {
          if (error) return done(error, null);
          made.add(socket);
          done(null, sockets.watch(socket, `${options.protocol}//${options.host ?? options.hostname}`));
        }),
    });
  const shared = new Map<string, Agent>();
  return {
    for(vendor) {
      if (!vendor.fixedOrigin) {
        const own = new Set<Socket>();
        const dispatcher = make(own);
        return { dispatcher, own, done: () => void dispatcher.destroy().catch(() => undefined) };
      }
      const dispatcher = shared.get(vendor.id) ?? make(new WeakSet());
      shared.set(vendor.id, dispatcher);
      return { dispatcher, own: NONE, done: () => undefined };
    },
    close: async () => {
      await Promise.all([...shared.values()].map((agent) => agent.destroy()));
      shared.clear();
    },
  };
}
