import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Failure, statusOf } from '../../shared/contract/failure.ts';
import { REQUEST_ID_HEADER } from '../telemetry/access-log.ts';
import { bugFields, type Log } from '../telemetry/log.ts';
import { NO_STORE, SECURITY_HEADERS } from './security-headers.ts';

const HEADERS = { ...SECURITY_HEADERS, 'cache-control': NO_STORE, 'content-type': 'application/json' };

const BAD_ADDRESS: Failure = {
  code: 'invalid_request',
  message: 'The address of this request is not one of this server. Check its host and path.',
};

/** Errors of Node's HTTP parser by code, with the status and text of our answer. All others are a 400. */
const REFUSALS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'The headers are larger than this server takes. Send fewer or shorter ones.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'The chunk extensions are too long. Send none.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request did not come whole in time. Send it again.'],
};

/**
 * Answers what never became a request (two lengths, both framings, a folded header, no HTTP at all) with the failure body and the
 * headers that every response has, and closes the connection: what follows on it could be anything.
 */
export function refuseMalformed(server: Server, log: Log): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // The client is gone, or is in the middle of an answer, so that nothing can be sent any more.
    if (
      error.code === 'ECONNRESET' ||
      !socket.writable ||
      ('bytesWritten' in socket && socket.bytesWritten !== 0)
    ) {
      socket.destroy();
      return;
    }
    const [status, message] = REFUSALS[error.code ?? ''] ?? [
      '400 Bad Request',
      'This is not a request that HTTP allows. Send it again.',
    ];
    const headers = { ...HEADERS, ...logRefusal(log, '-', Number.parseInt(status, 10)) };
    socket.end(rawResponse(status, { code: 'invalid_request', message }, headers), () => socket.destroy());
  });
}

/** Node takes the first of two, while a proxy in front may have taken the other (RFC 9112, 3.2). */
export function hasOneHost({ rawHeaders }: IncomingMessage): boolean {
  return rawHeaders.filter((text, at) => at % 2 === 0 && text.toLowerCase() === 'host').length === 1;
}

/** For what the bounds of the process refuse: the answer is the last on its connection. */
export function refuseBusy(
  { method = '-' }: IncomingMessage,
  outgoing: ServerResponse,
  failure: Failure,
  log: Log,
): void {
  const status = statusOf(failure.code);
  refuse(outgoing, status, failure, logRefusal(log, method, status));
}

export function refuseHost({ method = '-' }: IncomingMessage, outgoing: ServerResponse, log: Log): void {
  refuse(outgoing, 400, BAD_ADDRESS, logRefusal(log, method, 400));
}

/**
 * A client that expects something before it sends the body, other than `100-continue` (RFC 9110, 10.1.1). Node's own 417 lacks our headers.
 */
export function refuseExpectation(
  { method = '-' }: IncomingMessage,
  outgoing: ServerResponse,
  log: Log,
): void {
  const message = 'This server meets no expectation but 100-continue. Send no Expect header.';
  refuse(outgoing, 417, { code: 'invalid_request', message }, logRefusal(log, method, 417));
}

function refuse(
  outgoing: ServerResponse,
  status: number,
  failure: Failure,
  requestId: ReturnType<typeof logRefusal>,
): void {
  const body = JSON.stringify({ error: failure });
  outgoing.writeHead(status, {
    ...HEADERS,
    ...requestId,
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  outgoing.end(body);
}

/** Writes the log line that the app would have written, and makes an id for the answer. Node's parser keeps neither method nor path. */
function logRefusal(log: Log, method: string, status: number): { readonly [REQUEST_ID_HEADER]: string } {
  const request = randomUUID();
  log.info('request', { request, method, route: '-', status });
  return { [REQUEST_ID_HEADER]: request };
}

/** For what the adapter cannot make a request of (a Host with a path in it, a backslash in the path), and for its own bugs. */
export function refuseRequest(log: Log): (error: unknown) => Response {
  return (error) => {
    const bad = error instanceof Error && error.name === 'RequestError';
    if (!bad) log.error('the adapter broke', bugFields(error));
    const failure: Failure = bad
      ? BAD_ADDRESS
      : { code: 'internal', message: 'Something broke on this server. Try again.' };
    const status = statusOf(failure.code);
    return new Response(JSON.stringify({ error: failure }), {
      status,
      headers: { ...HEADERS, ...logRefusal(log, '-', status) },
    });
  };
}

function rawResponse(status: string, failure: Failure, headers: Readonly<Record<string, string>>): string {
  const body = JSON.stringify({ error: failure });
  const all = { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${body}`;
}
