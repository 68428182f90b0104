import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';

const TCP_REPAIR = 19; // linux/tcp.h
const MARK = (socket: string): string =>
  `import socket; ${socket}.setsockopt(socket.IPPROTO_TCP, ${TCP_REPAIR}, 1)`;

/** Why no connection can be made to vanish here; undefined when it can. */
export function cannotVanish(): string | undefined {
  const tried = spawnSync('python3', ['-c', MARK('socket.socket()')]);
  return tried.status === 0 ? undefined : 'Linux, python3 and CAP_NET_ADMIN are needed';
}

/**
 * Takes one end of a TCP connection away without a word: a socket that is being repaired (CRIU's way of moving connections) is closed
 * without FIN or RST, and its kernel knows nothing of the connection afterwards, as after a power cut.
 */
export async function vanish(socket: Socket): Promise<void> {
  const marking = spawn('python3', ['-c', MARK('socket.socket(fileno=3)')], {
    stdio: ['ignore', 'ignore', 'inherit', socket],
  });
  const [code] = await once(marking, 'exit');
  if (code !== 0) throw new Error(`the socket could not be marked: python3 exited with ${String(code)}`);
  socket.destroy();
}
