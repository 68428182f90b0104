import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.process>;

/** Loopback, private or link-local, or a name that can only be local. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (!ipaddr.isValid(host))
    return (
      host === 'localhost' ||
      /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(host) ||
      !host.includes('.')
    );
  return ['loopback', 'private', 'uniqueLocal', 'linkLocal'].includes(ipaddr.process(host).range());
}

/** What `clientBucket` takes as a trusted proxy: an address, or a range of them. */
export function isAddressRange(text: string): boolean {
  return text.includes('/') ? ipaddr.isValidCIDR(text) : ipaddr.isValid(text);
}

/**
 * The client that a rate limit counts: the IPv4 address, or the first address of the IPv6 /64, since one customer owns all of it.
 * `x-forwarded-for` counts only as far as trusted proxies wrote it, from the right.
 */
export function clientBucket(
  remote: string | undefined,
  forwardedFor: string | undefined,
  trusted: readonly string[],
): string {
  const hops = [...(forwardedFor?.split(',').map((hop) => withoutPort(hop.trim())) ?? []), remote ?? ''];
  let at = hops.length - 1;
  while (at > 0 && isTrustedAddress(hops[at] ?? '', trusted)) at -= 1;
  return normalize(hops[at] ?? '');
}

/** `203.0.113.7:50123` and `[2001:db8::1]:443`, as Azure's gateway and HAProxy write them; brackets also go alone. */
function withoutPort(hop: string): string {
  return /^(?:\[([\da-f:.]+)\]|([\d.]+))(?::\d{1,5})?$/i.exec(hop)?.slice(1).find(Boolean) ?? hop;
}

function parse(text: string): Address | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

/** Whether an address is one of the trusted proxies. */
export function isTrustedAddress(text: string, trusted: readonly string[]): boolean {
  const address = parse(text);
  return (
    !!address &&
    trusted.some((range) => {
      const [network, bits] = range.includes('/')
        ? ipaddr.parseCIDR(range)
        : [ipaddr.process(range), undefined];
      if (network.kind() !== address.kind()) return false;
      return address.match(network, bits ?? (network.kind() === 'ipv4' ? 32 : 128));
    })
  );
}

function normalize(text: string): string {
  const address = parse(text);
  if (!address) return '0.0.0.0';
  if (address.kind() === 'ipv4') return address.toString();
  return ipaddr.fromByteArray([...address.toByteArray().slice(0, 8), ...Array<number>(8).fill(0)]).toString();
}
