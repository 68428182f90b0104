import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { selfSigned } from '../server/providers/connect/make-certificate.ts';
import { type DisguiseName, disguise } from './disguises.ts';

export const PLACES = ['body', 'header', 'reason phrase', 'trailer', 'event'] as const;
export const CUTS = ['whole', 'in two reads'] as const;

/** How a key comes back. */
export interface Echo {
  readonly place: (typeof PLACES)[number];
  readonly cut: (typeof CUTS)[number];
  readonly disguise: DisguiseName;
}

/** A provider over TLS that knows every key's fate, and otherwise nothing. */
export interface EchoProvider {
  readonly origin: string;
  readonly ca: string;
  /** What to do with that key, until told otherwise. */
  expect(key: string, echo: Echo | 'pour'): void;
  close(): void;
}

const HTTP = 'HTTP/1.1 401';
const JSON_TYPE = 'content-type: application/json\r\n';
const message = (before: string, spelled: Buffer, after: string): Buffer =>
  Buffer.concat([Buffer.from(before), spelled, Buffer.from(after)]);

function answerOf({ place }: Echo, spelled: Buffer): Buffer {
  const error = message(
    '{"type":"error","error":{"type":"authentication_error","message":"no key ',
    spelled,
    '"}}',
  );
  const said = `${JSON_TYPE}content-length: 2\r\n\r\n{}`;
  if (place === 'header') return message(`${HTTP} No\r\nx-echo: `, spelled, `\r\n${said}`);
  if (place === 'reason phrase') return message(`${HTTP} `, spelled, `\r\n${said}`);
  const chunked = `transfer-encoding: chunked\r\n`;
  if (place === 'trailer')
    return message(`${HTTP} No\r\n${JSON_TYPE}${chunked}\r\n2\r\n{}\r\n0\r\nx-echo: `, spelled, '\r\n\r\n');
  if (place === 'body')
    return message(`${HTTP} No\r\n${JSON_TYPE}content-length: ${error.length}\r\n\r\n`, error, '');
  const event = message('event: error\ndata: ', error, '\n\n');
  const head = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n${chunked}\r\n${event.length.toString(16)}\r\n`;
  return message(head, event, '\r\n0\r\n\r\n');
}

/** Each piece is read by itself. */
async function sendAnswer(socket: Socket, echo: Echo, key: string): Promise<void> {
  const spelled = disguise(echo.disguise, key);
  const answer = answerOf(echo, spelled);
  if (echo.cut === 'whole') return void socket.write(answer);
  const middle = answer.indexOf(spelled) + (spelled.length >> 1);
  socket.write(answer.subarray(0, middle));
  await new Promise((read) => setTimeout(read, 5));
  socket.write(answer.subarray(middle));
}

/** Events with the key in them, as many as are taken. */
function pour(socket: Socket, key: string): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n');
  const event = `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"${`${key} `.repeat(50)}"}}\n\n`;
  const more = (): void => {
    while (!socket.destroyed && socket.write(event)) {
      // until the other side takes no more
    }
  };
  socket.on('drain', more);
  more();
}

export async function createEchoProvider(): Promise<EchoProvider> {
  const certificate = selfSigned('localhost');
  const fates = new Map<string, Echo | 'pour'>();
  const open = new Set<Socket>();
  const server = createServer(certificate, (socket: TLSSocket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.setNoDelay();
    let request = '';
    socket.on('data', (chunk) => {
      request += chunk.toString('latin1');
      const [head = '', body] = request.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      const key = /x-api-key: (\S+)/i.exec(head)?.[1] ?? '';
      if (body === undefined || body.length < length) return;
      request = '';
      const fate = fates.get(key);
      if (fate === 'pour') pour(socket, key);
      else if (fate) void sendAnswer(socket, fate, key);
      else socket.destroy();
    });
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  return {
    origin: `https://localhost:${port}`,
    ca: certificate.cert,
    expect: (key, echo) => void fates.set(key, echo),
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
