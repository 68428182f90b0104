import ipaddr from 'ipaddr.js';

/** `public`: anyone's. `private`: this machine's or this network's. `never`: what no request may be made to. */
export type IpKind = 'public' | 'private' | 'never';

const PRIVATE = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Metadata services that stand outside the link-local range: Azure's wire server, Alibaba's, AWS's over IPv6. */
const METADATA = new Set(['168.63.129.16', '100.100.100.200', 'fd00:ec2::254']);

/**
 * What an address is, in its normal form: an IPv4 address inside an IPv6 one counts as the IPv4 one. Addresses that lead
 * elsewhere by translation (NAT64, 6to4, Teredo, v4-compatible), link-local, unspecified, multicast and reserved ones are `never`.
 */
export function ipKind(text: string): IpKind {
  if (!ipaddr.isValid(text)) return 'never';
  const address = ipaddr.process(text);
  if (METADATA.has(address.toString())) return 'never';
  const range = address.range();
  if (PRIVATE.has(range)) return 'private';
  if (range !== 'unicast') return 'never';
  // Global unicast is 2000::/3; the rest, ::7f00:1 among it, has no business here.
  return address.kind() === 'ipv4' || ((address.toByteArray()[0] ?? 0) & 0xe0) === 0x20 ? 'public' : 'never';
}
