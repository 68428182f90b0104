import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';

/** Takes a port of the system's choice and gives it back. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Waits until a program takes requests. */
export async function answers(url: string): Promise<void> {
  const until = Date.now() + 120_000;
  for (;;) {
    const status = await fetch(url, { method: 'HEAD' }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status > 0) return;
    if (Date.now() > until) throw new Error(`nothing answers at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
