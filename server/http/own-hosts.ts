/**
 * Whether a request names this server. A page of another site can make its own name point here (DNS rebinding), and is then the same
 * site as this server in its browser's eyes; the one thing that it cannot change is the name in `Host`. Ports do not matter, since the
 * name is what was rebound.
 */
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import { isPrivateHost, isTrustedAddress } from './client-address.ts';

/** The names and addresses under which this server answers. Requests for others are refused, against DNS rebinding. */
export interface OwnHosts {
  /** Names and addresses beside those of this machine: of PUBLIC_URL, HOST and ALLOWED_HOSTS, as URLs have them. */
  readonly names: readonly string[];
  /** Whose `x-forwarded-host` counts. */
  readonly trustedProxies: readonly string[];
  /** The addresses of this machine now. */
  readonly addresses?: () => readonly string[];
}

/** What a request says of the host that it wants, and where it came from. All of it but the two addresses is the client's word. */
export interface NamedHost {
  /** `Host`; undefined: an old probe without one, which no browser is. */
  readonly host: string | undefined;
  readonly forwardedHost: string | undefined;
  /** Where the connection comes from, and where it arrived. */
  readonly remote: string | undefined;
  readonly local: string | undefined;
}

/** Whether the request is for this server. A name that a trusted proxy forwards counts in place of the proxy's own. */
export function isOwnHost(named: NamedHost, own: OwnHosts): boolean {
  const { host, forwardedHost, remote, local } = named;
  if (host === undefined) return true;
  const name = hostnameOf(host);
  if (name === undefined) return false;
  const isOwn = (one: string): boolean =>
    isLoopback(one) || isListed(one, own.names) || isAddress(one, local, own);
  // Only the nearest proxy's word counts, the last one. What it calls this server may be any name that no public site can have.
  if (forwardedHost !== undefined && isTrustedAddress(remote ?? '', own.trustedProxies)) {
    const said = hostnameOf(forwardedHost.split(',').at(-1)?.trim() ?? '');
    return said !== undefined && isOwn(said) && (isOwn(name) || isPrivateHost(name));
  }
  return isOwn(name);
}

/** The name in `Host`, in lower case, without port, brackets and final dot. Undefined: it is none. */
export function hostnameOf(host: string): string | undefined {
  const [, bracketed, plain] =
    /^(?:\[([\da-f:.]{2,45})\]|([a-z\d._-]{1,253}?)\.?)(?::\d{0,5})?$/i.exec(host) ?? [];
  if (bracketed !== undefined && !ipaddr.IPv6.isValid(bracketed)) return undefined;
  const name = (bracketed ?? plain)?.toLowerCase();
  return name === '' ? undefined : name;
}

/** Whether the name, as `hostnameOf` gives it, is always this machine. */
export function isLoopback(name: string): boolean {
  const address = addressOf(name);
  return address ? address.range() === 'loopback' : name === 'localhost' || name.endsWith('.localhost');
}

function isListed(name: string, names: readonly string[]): boolean {
  return names.some((one) =>
    isSame(hostnameOf(one.includes(':') && !one.startsWith('[') ? `[${one}]` : one), name),
  );
}

function isAddress(
  name: string,
  local: string | undefined,
  { addresses = machineAddresses }: OwnHosts,
): boolean {
  if (!addressOf(name)) return false;
  return isSame(local, name) || addresses().some((one) => isSame(one, name));
}

/** Addresses are the same in every spelling: 127.0.0.1 and ::ffff:127.0.0.1, ::1 and 0:0:0:0:0:0:0:1. */
function isSame(one: string | undefined, other: string): boolean {
  if (one === undefined) return false;
  const [a, b] = [addressOf(one), addressOf(other)];
  return a && b ? a.toNormalizedString() === b.toNormalizedString() : one === other;
}

type Address = ReturnType<typeof ipaddr.process>;

/** Four numbers or IPv6. `0x7f.1` and `127.1` are addresses to some resolvers, and browsers send neither. */
function addressOf(name: string): Address | undefined {
  const bare = name.replace(/%.*$/s, '');
  return ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)
    ? ipaddr.process(bare)
    : undefined;
}

function machineAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((all) => all?.map(({ address }) => address) ?? []);
}
