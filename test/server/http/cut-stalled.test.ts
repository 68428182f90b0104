import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { cutStalled } from '../../../server/http/cut-stalled.ts';
import { openSocket } from '../byo/support/raw-http.ts';

const STALL_MS = 300;
/** More than the system's buffers on both ends take. */
const LARGE = Buffer.alloc(32_000_000, 'x');

const opened: Socket[] = [];
let server: Server;
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  server.closeAllConnections();
  await new Promise((closed) => void server.close(closed));
});

async function serve(listener: Parameters<typeof createServer>[1], stallMs = STALL_MS): Promise<string> {
  server = createServer(listener);
  cutStalled(server, stallMs);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // as: it listens on TCP
}

async function open(url: string, requests = 1): Promise<Socket> {
  const socket = await openSocket(url, 'GET / HTTP/1.1\r\nhost: a\r\n\r\n'.repeat(requests));
  opened.push(socket);
  return socket;
}

const connections = () =>
  new Promise<number>((tell, fail) =>
    server.getConnections((error, count) => (error ? fail(error) : tell(count))),
  );

test('ends a connection whose client does not read, with all that it asked for', async () => {
  const url = await serve((_, outgoing) => void outgoing.end(LARGE));
  for (let i = 0; i < 3; i += 1) (await open(url, 20)).pause();
  expect(await connections()).toBe(3);
  await expect.poll(connections).toBe(0);
});

test('lets a quiet stream and a late answer be, for many times as long', async () => {
  const timeouts: boolean[] = [];
  const url = await serve((incoming, outgoing) => {
    incoming.socket.on('timeout', () => timeouts.push(true));
    outgoing.flushHeaders();
    // a word after each silence, and an end after the third
    const timer = setInterval(() => {
      if (timeouts.length < 3) outgoing.write(': quiet\n\n');
      else {
        clearInterval(timer);
        outgoing.end('end');
      }
    }, STALL_MS * 2);
  });
  const text = await (await fetch(url)).text();
  expect(text).toMatch(/^(?:: quiet\n\n)+end$/);
  expect(timeouts.length).toBeGreaterThanOrEqual(3);
});

test('lets a client finish that reads slowly', async () => {
  // longer than a busy machine lets this process wait, which would look like a client that reads nothing
  const url = await serve((_, outgoing) => void outgoing.end(LARGE), 3000);
  const socket = await open(url);
  let length = 0;
  socket.on('data', (chunk: Buffer) => {
    length += chunk.byteLength;
    socket.pause();
    // some 500 bites, over more time than a stall may take
    if (length > LARGE.byteLength) socket.destroy();
    else setTimeout(() => socket.resume(), 4);
  });
  await once(socket, 'close');
  expect(length).toBeGreaterThan(LARGE.byteLength);
});

test('still ends a kept connection that is idle', async () => {
  const url = await serve((_, outgoing) => void outgoing.end('done'));
  server.keepAliveTimeout = 50;
  const socket = await open(url);
  socket.resume();
  await once(socket, 'close');
  expect(await connections()).toBe(0);
});
