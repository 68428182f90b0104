import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** One request as it came over the wire. */
export interface Received {
  readonly line: string;
  /** In the order of the wire, names as sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface HostileServer {
  readonly origin: string;
  readonly requests: readonly Received[];
  /** Sockets that are open now. */
  readonly open: number;
  /** Resolves when so many sockets were accepted, and closed, in all. */
  accepted(count: number): Promise<void>;
  closed(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** A server of raw sockets: `answer` writes whatever it likes to each request, as bytes. */
export async function hostileServer(
  answer: (socket: Socket, request: Received, count: number) => void,
): Promise<HostileServer> {
  const requests: Received[] = [];
  const sockets = new Set<Socket>();
  const counts = { accepted: 0, closed: 0 };
  const waiting: {
    readonly what: 'accepted' | 'closed';
    readonly count: number;
    readonly resolve: () => void;
  }[] = [];
  const count = (what: 'accepted' | 'closed'): void => {
    counts[what] += 1;
    for (const one of waiting) if (one.what === what && counts[what] >= one.count) one.resolve();
  };
  const until = (what: 'accepted' | 'closed') => (wanted: number) =>
    counts[what] >= wanted
      ? Promise.resolve()
      : new Promise<void>((resolve) => void waiting.push({ what, count: wanted, resolve }));

  const server = createServer((socket) => {
    count('accepted');
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      count('closed');
    });
    let text = '';
    socket.on('data', (data) => {
      text += data.toString('latin1');
      for (let request = parse(text); request; request = parse(text)) {
        text = text.slice(request.length);
        requests.push(request.received);
        answer(socket, request.received, requests.length);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // as: a TCP server's address is one
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    get open() {
      return sockets.size;
    },
    accepted: until('accepted'),
    closed: until('closed'),
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function parse(text: string): { received: Received; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...rest] = text.slice(0, end).split('\r\n');
  const headers = rest.map(
    (header) => [header.slice(0, header.indexOf(':')), header.slice(header.indexOf(':') + 1).trim()] as const,
  );
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  const from = end + 4;
  if (text.length < from + length) return undefined;
  return {
    received: {
      line,
      headers,
      body: Buffer.from(text.slice(from, from + length), 'latin1').toString('utf8'),
    },
    length: from + length,
  };
}

export function reply(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): Buffer {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return Buffer.concat([
    Buffer.from(`HTTP/1.1 ${status} Said\r\n${lines.join('')}\r\n`, 'latin1'),
    Buffer.from(body),
  ]);
}

/** The head of a chunked event stream; what follows goes through `chunk`, its end is `END`. */
export const STREAM_HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n';
export const END = '0\r\n\r\n';

export function chunk(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

const say = (delta: object, finish: string | null = null, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-7', model: 'some-model', choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`;

/** Chat completions, for servers that behave at first. */
export const says = (content: string): string => say({ content });
export const FINISH = say({}, 'stop');
export const USAGE = `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } })}\n\n`;
export const DONE = 'data: [DONE]\n\n';
export const WHOLE = `${STREAM_HEAD}${chunk(says('Hel') + says('lo') + FINISH + USAGE + DONE).toString()}${END}`;

type Answer = Parameters<typeof hostileServer>[0];

/** Writes that and waits. */
export const writes =
  (...parts: readonly (string | Buffer)[]): Answer =>
  (socket) => {
    for (const part of parts) socket.write(part);
  };

/** A body whose end is the connection's. */
export const closes =
  (head: string, ...parts: readonly (string | Buffer)[]): Answer =>
  (socket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head}\r\n\r\n`);
    for (const part of parts) socket.write(part);
    socket.end();
  };
