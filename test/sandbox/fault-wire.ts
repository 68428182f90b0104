import { Wire } from '../../server/sandbox/wire.ts';

/** A response that can also be written in small pieces, kept waiting for ever, and broken off. */
export class FaultWire extends Wire {
  #bytesPerWrite: number | undefined;

  /** From now on what is sent goes out in pieces of so many bytes. */
  cutInto(bytesPerWrite: number | undefined): void {
    this.#bytesPerWrite = bytesPerWrite;
  }

  override async send(bytes: string | Buffer): Promise<void> {
    if (this.#bytesPerWrite === undefined) return super.send(bytes);
    const all = Buffer.from(bytes);
    for (let from = 0; from < all.length && !this.gone; from += this.#bytesPerWrite) {
      await super.send(all.subarray(from, from + this.#bytesPerWrite));
      // Let the piece leave before the next one, else the kernel joins them again.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Until the client leaves. */
  forever(): Promise<void> {
    return this.waiting(() => undefined);
  }

  /** Until what is handed over is called, or the client leaves. */
  hold(handOver: (letGo: () => void) => void): Promise<void> {
    return this.waiting(handOver);
  }

  /** Closes the connection: with FIN, or with RST, which makes the other side's kernel drop what it has not read. */
  async close(how: 'end' | 'reset'): Promise<void> {
    const { socket } = this.response;
    if (this.gone || !socket) return;
    if (how === 'end') return void socket.end();
    // What was written before is to arrive, and RST overtakes it.
    if (this.response.headersSent) await this.pause(30);
    socket.resetAndDestroy();
  }
}
