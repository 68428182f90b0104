import type { WireRequest } from '../../shared/providers/formats/build-request.ts';
import type { Upstream } from './upstream.ts';

declare const __VERSION__: string | undefined; // put in by the build

const USER_AGENT = `oneturn/${typeof __VERSION__ === 'string' ? __VERSION__ : 'dev'}`;

/** Everything that is sent beside host, connection and content-length; nothing of the client's own request. */
export function requestHeaders(
  { vendor, authorization }: Upstream,
  { headers, body }: WireRequest,
): string[] {
  return Object.entries({
    'user-agent': USER_AGENT,
    accept: 'text/event-stream, application/json',
    // A 275-byte gzip can become 200 MB.
    'accept-encoding': 'identity',
    ...(body !== '' && { 'content-type': 'application/json' }),
    ...headers,
    ...(authorization !== undefined && { [vendor.auth.header]: authorization }),
  }).flat();
}
