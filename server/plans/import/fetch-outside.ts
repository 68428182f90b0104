import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';
import { ipKind } from '../../providers/connect/ip-access.ts';

/**
 * Fetches from an address that a user named, and from nowhere inside: the address is checked at the moment of connecting, so that no second
 * answer of a name server counts; redirects are not followed; size and time are bounded.
 */
export type FetchOutside = (
  url: URL,
  maxBytes: number,
) => Promise<{ readonly status: number; readonly bytes: Uint8Array } | string>;

/** How far it reaches, and what tests replace. `reach`: `private` lets it connect to this machine, without TLS. */
export interface OutsideOptions {
  readonly reach?: 'public' | 'private';
  readonly lookup?: typeof systemLookup;
  /** All requests of one import together. */
  readonly totalMs?: number;
  readonly totalBytes?: number;
}

const TOTAL_MS = 20_000;
const TOTAL_BYTES = 20_000_000;
const PORTS = new Set(['', '443', '8443']);
const REFUSED = 'Skills are imported from public https addresses alone, on port 443 or 8443.';
const FAILED = 'The address could not be read. See that it is right and public, and try again.';

/** For one import; `close` when it is done. */
export function createFetchOutside(options: OutsideOptions = {}): {
  readonly fetch: FetchOutside;
  close(): Promise<void>;
} {
  const isOpen = options.reach === 'private';
  const agent = new Agent({ connect: connectorOf(options), maxRedirections: 0 } as Agent.Options);
  const signal = AbortSignal.timeout(options.totalMs ?? TOTAL_MS);
  let left = options.totalBytes ?? TOTAL_BYTES;
  const fetch: FetchOutside = async (url, maxBytes) => {
    const isPlain = isOpen && url.protocol === 'http:';
    if (!isPlain && (url.protocol !== 'https:' || !PORTS.has(url.port))) return REFUSED;
    // names that mean this machine or this network, also where nobody can look them up
    if (!isOpen && /(^|\.)(localhost|local|internal)\.?$/i.test(url.hostname)) return REFUSED;
    if (url.username !== '' || url.password !== '') return 'Leave the password out of the address.';
    try {
      const { statusCode: status, body } = await request(url, {
        ...{ dispatcher: agent, signal, headers: { accept: '*/*', 'accept-encoding': 'identity' } },
      });
      const parts: Buffer[] = [];
      let size = 0;
      for await (const part of body as AsyncIterable<Buffer>) {
        size += part.length;
        left -= part.length;
        if (size > maxBytes || left < 0) return 'The address has more than can be imported.';
        parts.push(part);
      }
      return { status, bytes: Buffer.concat(parts) };
    } catch (error) {
      return error instanceof Inward ? REFUSED : FAILED;
    }
  };
  return { fetch, close: () => agent.destroy() };
}

class Inward extends Error {
  override readonly name = 'Inward';
}

function connectorOf({ reach = 'public', lookup = systemLookup }: OutsideOptions): buildConnector.connector {
  const mayReach = (address: string): boolean => {
    const kind = ipKind(address);
    return kind === 'public' || (kind === 'private' && reach === 'private');
  };
  const checked: LookupFunction = (hostname, { all, ...rest }, callback) => {
    lookup(hostname, { ...rest, all: true }, (error, found) => {
      if (error) return callback(error, '');
      const [first] = found;
      // one that leads inward says that the name is not to be trusted
      if (!first || !found.every(({ address }) => mayReach(address))) return callback(new Inward(), '');
      if (all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({
    allowH2: false,
    timeout: 10_000,
    rejectUnauthorized: true,
    lookup: checked,
  });
  return (to, callback) => {
    const host = to.hostname.replace(/^\[|\]$/g, '');
    // an address in the URL is looked up by nobody
    if (isIP(host) !== 0 && !mayReach(host)) callback(new Inward(), null);
    else connect(to, callback);
  };
}
