import type { OnReadOpts, Socket } from 'node:net';

/** Sees bytes where the kernel has put them, and returns what is to be passed on; undefined: nothing is. */
export type ReadHook = (view: Buffer) => Buffer | undefined;

const hooks = new WeakMap<Socket, ReadHook>();
const BLOCK = Buffer.allocUnsafeSlow(65_536);

/** Puts `hook` before everything else that reads this socket, parsers included. A later call replaces an earlier one. */
export function hookReads(socket: Socket, hook: ReadHook): void {
  hooks.set(socket, hook);
  // What TLS still had decrypted when the socket was destroyed is put there, and handed to nobody.
  socket.once('close', () => BLOCK.fill(0));
}

/**
 * For `net.connect` and `tls.connect`: sockets read into one block of ours, which is wiped at once. Node would take one from malloc for
 * each read and give it back as it is, to whoever asks next. One for all sockets: a read is handed over before the next begins.
 */
export const READ_INTO_BLOCK: OnReadOpts = {
  buffer: BLOCK,
  callback(this: unknown, bytes: number, block: Uint8Array): boolean {
    const socket = this as Socket; // as: Node calls it as the socket's method
    const view = Buffer.from(block.buffer, block.byteOffset, bytes);
    const hook = hooks.get(socket);
    const data = hook ? hook(view) : copyOf(view);
    view.fill(0);
    return data === undefined ? !socket.destroyed : socket.push(data);
  },
};

function copyOf(view: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(view.length);
  view.copy(copy);
  return copy;
}
