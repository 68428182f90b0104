import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { KeySockets } from '../../../server/keys/key-socket.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { Eraser } from '../../../server/keys/redact-bytes.ts';
import { READ_INTO_BLOCK } from '../../../server/providers/connect/read-hooks.ts';
import { makeCanary } from '../../leak/canary.ts';

const { key: text } = makeCanary();
let server: Server;
let agent: Agent;
let sockets: KeySockets;
let origin: string;
let received = '';
let answer: (socket: Socket) => void;

beforeEach(async () => {
  received = '';
  answer = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (received.endsWith('BODY')) answer(socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: a TCP address
  sockets = new KeySockets();
  const connect = buildConnector({ allowH2: false, onread: READ_INTO_BLOCK });
  agent = new Agent({
    connect: (options, done) =>
      connect(options, (...[error, socket]) =>
        error ? done(error, null) : done(null, sockets.watch(socket, `${options.protocol}//${options.host}`)),
      ),
  });
});
afterEach(async () => {
  await agent.destroy();
  server.close();
});

function leaseKey(options: { origin?: string; line?: string } = {}) {
  const key = new ProviderKey(Buffer.from(text));
  return {
    key,
    lease: sockets.lease(
      key,
      new Eraser(key),
      options.origin ?? origin,
      options.line ?? 'authorization: Bearer ',
    ),
  };
}

function send(headers: Record<string, string>, path = '/v1/x') {
  return agent.request({ origin, path, method: 'POST', headers, body: 'BODY' });
}

test('the key stands in the auth line, and nowhere else', async () => {
  const { lease } = leaseKey();
  const response = await send({ authorization: `Bearer ${lease.placeholder}`, 'x-other': 'y' });
  expect(await response.body.text()).toBe('ok');
  expect(received.split('\r\n').filter((line) => line.includes(text))).toEqual([
    `authorization: Bearer ${text}`,
  ]);
  expect(received).not.toContain('oneturn-key-');
});

test.each([
  ['in another header', (placeholder: string) => send({ 'x-model': placeholder })],
  ['with something behind it', (placeholder: string) => send({ authorization: `Bearer ${placeholder}, x` })],
  ['with another scheme', (placeholder: string) => send({ authorization: `Basic ${placeholder}` })],
  ['in the path', (placeholder: string) => send({}, `/v1/${placeholder}`)],
  ['twice', (placeholder: string) => send({ authorization: `Bearer ${placeholder}`, 'x-two': placeholder })],
  ['of nobody', () => send({ authorization: `Bearer oneturn-key-${'0'.repeat(32)}` })],
])('a placeholder %s is not filled, and the request is not sent', async (_, request) => {
  const { lease } = leaseKey();
  await expect(request(lease.placeholder)).rejects.toThrow();
  expect(received).toBe('');
});

test('a lease for another origin is not filled', async () => {
  const { lease } = leaseKey({ origin: 'https://api.anthropic.com' });
  await expect(send({ authorization: `Bearer ${lease.placeholder}` })).rejects.toThrow();
  expect(received).toBe('');
});

test('an ended lease and a wiped key are not filled', async () => {
  const ended = leaseKey();
  ended.lease.end();
  await expect(send({ authorization: `Bearer ${ended.lease.placeholder}` })).rejects.toThrow();
  const wiped = leaseKey();
  wiped.key.wipe();
  await expect(send({ authorization: `Bearer ${wiped.lease.placeholder}` })).rejects.toThrow();
  expect(received).toBe('');
});

test('a placeholder in the body stays as it is', async () => {
  const { lease } = leaseKey();
  const response = await agent.request({
    origin,
    path: '/',
    method: 'POST',
    headers: { authorization: `Bearer ${lease.placeholder}` },
    body: `${lease.placeholder} BODY`,
  });
  await response.body.text();
  expect(received.split('\r\n\r\n')[1]).toBe(`${lease.placeholder} BODY`);
});

test('the head with the key in it is wiped once it is written, not only when the run ends', async () => {
  const { key, lease } = leaseKey();
  const heads: Buffer[] = [];
  const derive = key.derive.bind(key);
  key.derive = (byteLength) => {
    const head = derive(byteLength);
    heads.push(head);
    return head;
  };
  await (await send({ authorization: `Bearer ${lease.placeholder}` })).body.text();
  expect(received).toContain(text);
  expect(heads[0]?.length).toBeGreaterThan(text.length);
  expect(heads[0]?.every((byte) => byte === 0)).toBe(true);
});

test('one warm connection serves two runs, each with its own key', async () => {
  const first = leaseKey();
  await (await send({ authorization: `Bearer ${first.lease.placeholder}` })).body.text();
  // undici takes a connection back in a later turn of the event loop than it ends the body
  await new Promise((turn) => setImmediate(turn));
  received = '';
  const other = makeCanary().key;
  const key = new ProviderKey(Buffer.from(other));
  const second = sockets.lease(key, new Eraser(key), origin, 'authorization: Bearer ');
  await (await send({ authorization: `Bearer ${second.placeholder}` })).body.text();
  expect(received).toContain(`authorization: Bearer ${other}`);
  expect(received).not.toContain(text);
  expect([...second.sockets][0] === [...first.lease.sockets][0], 'the same socket').toBe(true);
});

test('an echo in a response head never becomes a string', async () => {
  answer = (socket) =>
    socket.write(`HTTP/1.1 401 No\r\nx-your-key: ${text}\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
  const { lease } = leaseKey();
  const response = await send({ authorization: `Bearer ${lease.placeholder}` });
  expect(response.headers['x-your-key']).toBe('*'.repeat(text.length));
  expect(await response.body.text()).toBe('*'.repeat(text.length));
});

/** Each piece is read by itself: another turn of the event loop reads the next. */
async function inPieces(socket: Socket, message: string, bytes: number): Promise<void> {
  socket.setNoDelay();
  for (let at = 0; at < message.length; at += bytes) {
    socket.write(message.slice(at, at + bytes));
    await new Promise((read) => setImmediate(() => setImmediate(() => setImmediate(read))));
  }
}

test.each([1, 7, 15])(
  'an echo in a head that comes in pieces of %i bytes does not, either',
  async (bytes) => {
    // How long a beginning is held back is no matter here, on however slow a machine.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const interim = `HTTP/1.1 103 Early Hints\r\nlink: <${text}>\r\n\r\n`;
    const head = `HTTP/1.1 200 OK\r\nx-your-key: ${text}\r\ncontent-length: 9\r\n\r\n`;
    answer = (socket) =>
      void inPieces(socket, `${interim}${head}ok ${text.slice(0, 6)}`, bytes).then(() =>
        // What only looks like the beginning of a key is not held back at the end of a body.
        vi.advanceTimersByTime(60),
      );
    const { lease } = leaseKey();
    const response = await send({ authorization: `Bearer ${lease.placeholder}` });
    expect(response.headers['x-your-key']).toBe('*'.repeat(text.length));
    expect(await response.body.text()).toBe(`ok ${text.slice(0, 6)}`);
  },
);

test('what comes unasked when the run is over is not read, and ends the connection', async () => {
  const { key, lease } = leaseKey();
  const connected = once(server, 'connection');
  const response = await send({ authorization: `Bearer ${lease.placeholder}` });
  expect(await response.body.text()).toBe('ok');
  const [theirs]: Socket[] = await connected;
  key.wipe();
  lease.end();
  const [ours] = lease.sockets;
  const seen: unknown[] = [];
  const read = ours?.read;
  if (ours && read) {
    ours.read = (size) => {
      seen.push(read.call(ours, size));
      return seen.at(-1);
    };
  }
  theirs?.write(`HTTP/1.1 408 ${text}\r\n\r\n`);
  await expect.poll(() => ours?.destroyed).toBe(true);
  expect(seen.filter(Buffer.isBuffer)).toEqual([]);
});
