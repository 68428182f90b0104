import { getProxyForUrl } from 'proxy-from-env';
import type { buildConnector } from 'undici';
import { VENDORS } from '../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../shared/providers/endpoint-to-vendor.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { OLLAMA } from '../../shared/providers/vendors/ollama.ts';
import { type Config, ConfigError } from '../config/config.ts';
import { isPrivateHost } from '../http/client-address.ts';
import { hostnameOf, isLoopback } from '../http/own-hosts.ts';
import { type CallLimits, DEFAULT_LIMITS } from '../providers/call-limits.ts';
import { createConnector } from '../providers/connect/safe-connect.ts';

/** The providers of this server, and the one way to open sockets to them. */
export interface Reachable {
  /** The catalogue, with the sandbox where it listens now, and the operator's endpoints. */
  readonly vendors: readonly Vendor[];
  readonly connector: buildConnector.connector;
}

/** A local server that stands for every provider, in tests: its origin, and an authority for its certificate. */
export interface StandIn {
  readonly origin: string;
  readonly ca?: readonly string[];
}

/** Which providers there are, and how far their connections may reach: only what the operator wrote down may be on a private address. */
export function reachable(config: Config, sandboxOrigin: string, standIn?: StandIn): Reachable {
  const vendors = [
    ...VENDORS.map((vendor) => (vendor.id === 'sandbox' ? { ...vendor, origin: sandboxOrigin } : vendor)),
    ...(config.OLLAMA ? [OLLAMA] : []),
    ...config.endpoints.map((endpoint) => ({
      ...endpointToVendor(endpoint),
      local: isPrivateHost(new URL(endpoint.baseUrl).hostname),
    })),
  ];
  const twice = vendors.find((vendor, i) => vendors.findIndex(({ id }) => id === vendor.id) !== i);
  if (twice) throw new ConfigError(`PROVIDER_ENDPOINTS: the id ${twice.id} is taken. Choose another.`);

  const endpoints = config.endpoints
    .map(({ baseUrl }) => new URL(baseUrl))
    .filter(({ hostname }) => isPrivateHost(hostname));
  const local = new Set([
    sandboxOrigin,
    ...(config.OLLAMA ? [OLLAMA.origin] : []),
    ...(standIn ? [standIn.origin] : []),
    ...endpoints.map(({ origin }) => origin),
  ]);
  return {
    vendors,
    connector: createConnector({
      reachOf: (origin) => (local.has(origin) ? 'private' : 'public'),
      ca: standIn?.ca,
      proxyFor: (url) => (local.has(url) && isThisMachine(url) ? '' : getProxyForUrl(url)),
    }),
  };
}

/** How long a provider may take, by the operator's settings. */
export function limitsOf(config: Config): CallLimits {
  return {
    ...DEFAULT_LIMITS,
    firstByteMs: config.FIRST_BYTE_LIMIT_MS,
    idleMs: config.IDLE_LIMIT_MS,
    runMs: config.RUN_LIMIT_MS,
  };
}

function isThisMachine(origin: string): boolean {
  return isLoopback(hostnameOf(new URL(origin).hostname) ?? '');
}
