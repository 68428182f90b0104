import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly text: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Writes these bytes, and no others, to a connection of its own. */
export async function openSocket(url: string, bytes: string | Buffer): Promise<Socket> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** The same, read until the server closes the connection. */
export async function sendBytes(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  return readToEnd(await openSocket(url, bytes));
}

export async function readToEnd(socket: Socket): Promise<RawAnswer> {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
  });
  // not `once`, which rejects when the server resets what it does not read
  if (!socket.closed) await new Promise((closed) => void socket.once('close', closed));
  return parse(text);
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = new Map(
    lines.map((one) => [
      one.slice(0, one.indexOf(':')).toLowerCase(),
      one.slice(one.indexOf(':') + 1).trim(),
    ]),
  );
  return { text, status: Number(line.split(' ')[1] ?? 0), headers, body: text.slice(end + 4) };
}
