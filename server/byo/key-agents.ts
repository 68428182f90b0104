import { Agent, type buildConnector } from 'undici';
import type { Vendor } from '../../shared/providers/vendor.ts';
import type { KeySockets } from './key-socket.ts';

export type Connector = buildConnector.connector;

const OPTIONS = { allowH2: false, pipelining: 1, keepAliveTimeout: 10_000, maxRequestsPerClient: 1000, autoSelectFamily: false } as const;

/** `dispatcher` for one run; `done` closes it unless it is shared. */
export interface RunAgent {
  readonly dispatcher: Agent;
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
  const make = (): Agent =>
    new Agent({
      ...OPTIONS,
      connect: (options, done) =>
        connect(options, (...[error, socket]) => {
          if (error) return done(error, null);
          done(null, sockets.watch(socket, `${options.protocol}//${options.host ?? options.hostname}`));
        }),
    });
  const shared = new Map<string, Agent>();
  return {
    for(vendor) {
      if (!vendor.fixedOrigin) {
        const own = make();
        return { dispatcher: own, done: () => void own.destroy().catch(() => undefined) };
      }
      const dispatcher = shared.get(vendor.id) ?? make();
      shared.set(vendor.id, dispatcher);
      return { dispatcher, done: () => undefined };
    },
    close: async () => {
      await Promise.all([...shared.values()].map((agent) => agent.destroy()));
      shared.clear();
    },
  };
}
