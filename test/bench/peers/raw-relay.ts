import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Bytes passed on unread: what any Node process pays for being in between, and so the limit for those that look at them. */
const UPSTREAM = process.env['UPSTREAM'] ?? '';
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

const server = createServer((incoming, outgoing) => {
  const { host: _, connection: __, ...headers } = incoming.headers;
  const upstream = request(UPSTREAM + incoming.url, { method: incoming.method, headers, agent }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' });
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.once('close', () => upstream.destroy());
  incoming.pipe(upstream);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  process.send?.({ url: `http://127.0.0.1:${port}` });
});
