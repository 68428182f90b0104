import { connect, type Socket } from 'node:net';

export interface RawResponse {
  /** As it came over the socket, head and chunk sizes included. */
  readonly bytes: Buffer;
  /** The sizes of the pieces in which it came. */
  readonly pieces: readonly number[];
  readonly end: 'fin' | 'reset';
}

function requestBytes(origin: string, path: string, headers: Record<string, string>, body: unknown): string {
  const text = body === undefined ? '' : JSON.stringify(body);
  const lines = [
    `${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1`,
    `host: ${new URL(origin).host}`,
    'connection: close',
  ];
  const all = {
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
    ...headers,
  };
  return [...lines, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', text].join(
    '\r\n',
  );
}

/** A request written to a socket by hand, so that nothing between hides how the answer came. */
export function openRaw(
  origin: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Socket {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write(requestBytes(origin, path, headers, body));
  return socket;
}

/** The same, read to its end. */
export function rawRequest(
  origin: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<RawResponse> {
  return new Promise((resolve) => {
    const socket = openRaw(origin, path, body, headers);
    const chunks: Buffer[] = [];
    let end: RawResponse['end'] = 'fin';
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {
      end = 'reset';
    });
    socket.on('close', () =>
      resolve({ bytes: Buffer.concat(chunks), pieces: chunks.map(({ length }) => length), end }),
    );
  });
}

/** Head and body of a response; the chunks of a chunked one joined. */
export function partsOf({ bytes }: RawResponse): {
  readonly head: string;
  readonly body: Buffer;
  readonly chunks: readonly Buffer[];
  readonly complete: boolean;
} {
  const at = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, at).toString('latin1');
  const rest = bytes.subarray(at + 4);
  if (!/transfer-encoding: chunked/i.test(head)) return { head, body: rest, chunks: [rest], complete: true };
  const chunks: Buffer[] = [];
  for (let from = 0; ; ) {
    const line = rest.indexOf('\r\n', from);
    if (line < 0) return { head, body: Buffer.concat(chunks), chunks, complete: false };
    const size = Number.parseInt(rest.subarray(from, line).toString('latin1'), 16);
    if (size === 0) return { head, body: Buffer.concat(chunks), chunks, complete: true };
    chunks.push(rest.subarray(line + 2, line + 2 + size));
    from = line + 2 + size + 2;
  }
}
