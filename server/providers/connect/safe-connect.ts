import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import { AddressRefused } from './connect-fault.ts';
import { ipKind } from './ip-access.ts';
import { openTunnel, ProxyRefused } from './proxy-tunnel.ts';
import { READ_INTO_BLOCK } from './read-hooks.ts';
import { dialing, isWanted } from './wanted-connections.ts';

/** What a host may resolve to: public addresses, or private ones too. Link-local and metadata addresses never are allowed. */
export type Reach = 'public' | 'private';

/** What is allowed on the way to a provider, and what tests replace. */
export interface ConnectorOptions {
  /** How far an origin may reach; undefined: no connection is made to it. `private` only for hosts that the operator's configuration names. */
  readonly reachOf: (origin: string) => Reach | undefined;
  readonly connectTimeoutMs?: number;
  /** Further authorities, PEM, for tests and for operators with their own. The system's stay. */
  readonly ca?: readonly string[] | undefined;
  readonly lookup?: typeof systemLookup;
  /** The proxy that a URL is reached through; empty or undefined: none. Only TLS goes through one, so that it sees no key. */
  readonly proxyFor?: ((url: string) => string) | undefined;
}

/** How connections to a provider are kept, whoever pays. */
export const POOL_OPTIONS = {
  allowH2: false,
  pipelining: 1,
  keepAliveTimeout: 10_000,
  maxRequestsPerClient: 1000,
  autoSelectFamily: false,
} as const;

const CONNECT_TIMEOUT_MS = 10_000;
/** SSL_OP_CLEANSE_PLAINTEXT of OpenSSL, which Node does not name: what was decrypted is wiped once it has been read. */
const CLEANSE_PLAINTEXT = 2;

/**
 * undici's way to a socket, with the address checked at the moment of connecting: the lookup hands on only what was checked, so no
 * second answer of a name server counts. Certificates are always checked, whatever the environment says; no HTTP/2. Behind a proxy the
 * proxy looks names up: one that we can look up too must still lead where it may.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const resolve = options.lookup ?? systemLookup;
  const timeoutMs = options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  const connectors = { public: connectorFor('public'), private: connectorFor('private') };

  function connectorFor(reach: Reach): buildConnector.connector {
    return buildConnector({
      allowH2: false,
      timeout: timeoutMs,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      secureOptions: CLEANSE_PLAINTEXT,
      onread: READ_INTO_BLOCK,
      lookup: checkedLookup(resolve, reach),
      ...(options.ca && { ca: [...options.ca] }),
    });
  }

  return (to, callback) => {
    const origin = `${to.protocol}//${to.host ?? to.hostname}`;
    const reach = options.reachOf(origin);
    const literal = isIP(to.hostname) !== 0;
    if (!reach || !isWanted(origin) || (literal && !mayReach(to.hostname, reach))) {
      callback(new AddressRefused('no connection is made to this address, or none for anyone'), null);
      return;
    }
    const proxy = to.protocol === 'https:' ? options.proxyFor?.(origin) : undefined;
    if (proxy) {
      const lookup = checkedLookup(resolve, reach);
      connectThrough({ proxy, timeoutMs, lookup, connect: connectors[reach] }, to, callback);
      return;
    }
    let made: (() => void) | undefined;
    // unknown: undici's connector returns its socket, which its types leave out
    const socket: unknown = connectors[reach](to, (...result) => {
      made?.();
      callback(...result);
    });
    if (socket instanceof Socket) made = dialing(origin, socket);
  };
}

interface Through {
  readonly proxy: string;
  readonly timeoutMs: number;
  readonly lookup: LookupFunction;
  /** Speaks TLS to the target, on the socket that the tunnel is. */
  readonly connect: buildConnector.connector;
}

function connectThrough(
  { proxy, timeoutMs, lookup, connect }: Through,
  to: buildConnector.Options,
  callback: buildConnector.Callback,
): void {
  const origin = `${to.protocol}//${to.host ?? to.hostname}`;
  const target = `${to.hostname}:${to.port || 443}`;
  let made: (() => void) | undefined;
  const onSocket = (socket: Socket): void => {
    made = dialing(origin, socket);
  };
  const open = (): void =>
    openTunnel({ proxy, target, timeoutMs, onSocket }, (error, httpSocket) => {
      made?.();
      if (error || !httpSocket) callback(error ?? new ProxyRefused('the proxy opened no tunnel'), null);
      else connect({ ...to, httpSocket }, callback);
    });
  if (isIP(to.hostname) !== 0) {
    open();
    return;
  }
  // a name that only the proxy can look up is the proxy's to judge
  lookup(to.hostname, { all: true }, (error) =>
    error instanceof AddressRefused ? callback(error, null) : open(),
  );
}

function mayReach(address: string, reach: Reach): boolean {
  const kind = ipKind(address);
  return kind === 'public' || (kind === 'private' && reach === 'private');
}

/** Every address of the answer must be allowed: one that is not says that the name is not to be trusted. */
function checkedLookup(resolve: typeof systemLookup, reach: Reach): LookupFunction {
  return (hostname, { all: wantsAll, ...options }, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '');
      const first = found[0];
      if (!first || !found.every(({ address }) => mayReach(address, reach)))
        return callback(new AddressRefused('the name leads to an address that is not connected to'), '');
      if (wantsAll) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}
