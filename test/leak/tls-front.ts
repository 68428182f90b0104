import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { selfSigned } from '../server/providers/connect/make-certificate.ts';

/** A wire of TLS in front of a server without it. */
export async function tlsFront(behind: string): Promise<{ origin: string; ca: string; close(): void }> {
  const certificate = selfSigned('localhost');
  const open = new Set<Socket>();
  const server = createServer(certificate, (socket) => {
    const plain = connect(Number(new URL(behind).port), '127.0.0.1');
    for (const side of [socket, plain]) {
      open.add(side);
      side.on('error', () => [socket, plain].map((one) => one.destroy()));
      // A reset is a reset on the other side, too.
      side.on('close', () => [socket, plain].map((one) => one.destroy()));
    }
    socket.pipe(plain).pipe(socket);
  }).listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  return {
    origin: `https://localhost:${port}`,
    ca: certificate.cert,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
