import { hostnameOf, isLoopback } from './own-hosts.ts';

/**
 * Whether nobody on the way can read what is sent to that address, or change what it answers: over TLS, or on this machine. Names below
 * `.localhost` do not count, since not every resolver keeps them on this machine.
 */
export function isSecureUrl({ protocol, hostname }: URL): boolean {
  if (protocol === 'https:') return true;
  const name = hostnameOf(hostname);
  return protocol === 'http:' && name !== undefined && isLoopback(name) && !name.endsWith('.localhost');
}
