import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import type { RequestBounds } from '../../../server/http/bound-requests.ts';
import { createHttpServer } from '../../../server/http/http-server.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { openSocket } from '../byo/support/raw-http.ts';

const BOUNDS: RequestBounds = { unanswered: 8, unsentBytes: 20_000_000, openBodies: 3 };
/** More than the system's buffers on both ends take. */
const LARGE = 'x'.repeat(8_000_000);

let server: Server;
let asked = 0;
const opened: Socket[] = [];
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((closed) => void server.close(closed));
});

async function serve(answer: (path: string) => Promise<string> | string): Promise<string> {
  asked = 0;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.all('*', async (c) => {
    asked += 1;
    if (c.req.method === 'POST') await c.req.text().catch(() => undefined);
    return c.text(await answer(c.req.path));
  });
  server = createHttpServer(app, { requestLimitMs: 20_000, bounds: BOUNDS, log: createLog('silent') });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
}

async function open(url: string, text: string): Promise<Socket> {
  const socket = await openSocket(url, text);
  socket.on('error', () => undefined);
  opened.push(socket);
  return socket;
}

const connections = (): Promise<number> =>
  new Promise((tell, fail) => server.getConnections((error, count) => (error ? fail(error) : tell(count))));

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;

test('answers eight requests that come at once, in their order', async () => {
  const url = await serve((path) => path);
  const socket = await open(url, ['/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8'].map(get).join(''));
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await expect.poll(() => text.match(/^\/\d/gm)).toEqual(['/1', '/2', '/3', '/4', '/5', '/6', '/7', '/8']);
});

test('ends a connection with more, and works on no more of them than eight', async () => {
  const url = await serve(() => new Promise<string>(() => undefined));
  let made = 0;
  server.on('request', () => {
    made += 1;
  });
  const socket = await open(url, get('/').repeat(2000));
  if (!socket.closed) await once(socket.resume(), 'close');
  expect(asked).toBeLessThanOrEqual(BOUNDS.unanswered);
  // Node makes a request of each that it has parsed: behind the one too many it parses none
  expect(made).toBeLessThanOrEqual(BOUNDS.unanswered + 1);
});

test('ends it also in a Node whose parser cannot be stopped, and answers others', async () => {
  const url = await serve(() => new Promise<string>(() => undefined));
  let made = 0;
  server.prependListener('request', ({ socket }: IncomingMessage) => {
    made += 1;
    // parsers are used again for other connections: this one is only hidden
    if (made === 1) Object.defineProperty(socket, 'parser', { get: () => undefined, set: () => undefined });
  });
  const socket = await open(url, get('/').repeat(500));
  if (!socket.closed) await once(socket.resume(), 'close');
  expect(made).toBeGreaterThan(BOUNDS.unanswered + 1);
  expect(asked).toBeLessThanOrEqual(BOUNDS.unanswered);
});

test('keeps no more answers than the process may hold, and ends those that hold most', async () => {
  const url = await serve((path) => (path === '/small' ? 'small' : LARGE));
  const reader = await open(url, get('/small'));
  for (let i = 0; i < 12; i += 1) (await open(url, get('/'))).pause();
  await expect.poll(connections).toBeLessThan(13);
  expect(reader.closed).toBe(false);
  await expect.poll(async () => (await fetch(`${url}/small`)).status).toBe(200);
});

test('begins to read no more bodies than it may, and says when to try again', async () => {
  const url = await serve(() => 'read');
  const begin = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\n';
  const slow = [await open(url, begin), await open(url, begin), await open(url, begin)];
  await expect.poll(() => asked).toBe(3);
  const refused = await fetch(url, { method: 'POST', body: '0123456789' });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ error: { code: 'unavailable', retryAfterSeconds: 5 } });
  slow[0]?.destroy();
  await expect.poll(async () => (await fetch(url, { method: 'POST', body: 'x' })).status).toBe(200);
});
