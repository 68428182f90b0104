import type { ServerResponse } from 'node:http';

/**
 * One response, written as scripts want it. Every wait ends at once when the client leaves or the sandbox closes, and whatever
 * is written afterwards goes nowhere.
 */
export class Wire {
  readonly #response: ServerResponse;
  #bytesPerWrite: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #gone = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.on('drain', () => this.#wake?.());
    response.on('error', () => this.leave());
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** From now on frames go out in pieces of so many bytes. */
  cutInto(bytesPerWrite: number | undefined): void {
    this.#bytesPerWrite = bytesPerWrite;
  }

  /** The client is not there any more. */
  leave(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }

  head(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.#gone) return;
    this.#response.writeHead(status, { ...headers });
    this.#response.flushHeaders();
  }

  async send(bytes: string | Buffer): Promise<void> {
    if (this.#gone || bytes.length === 0) return;
    if (this.#bytesPerWrite === undefined) return this.#write(bytes);
    const all = Buffer.from(bytes);
    for (let from = 0; from < all.length && !this.#gone; from += this.#bytesPerWrite) {
      await this.#write(all.subarray(from, from + this.#bytesPerWrite));
      // Let the piece leave before the next one, else the kernel joins them again.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #write(bytes: string | Buffer): Promise<void> | undefined {
    return this.#response.write(bytes) ? undefined : this.#waiting(() => undefined);
  }

  pause(ms: number): Promise<void> {
    return this.#waiting((wake) => {
      this.#timer = setTimeout(wake, ms);
    });
  }

  /** Until the client leaves. */
  forever(): Promise<void> {
    return this.#waiting(() => undefined);
  }

  #waiting(start: (wake: () => void) => void): Promise<void> {
    if (this.#gone) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      start(wake);
    });
  }

  end(bytes: string | Buffer = ''): void {
    if (!this.#gone) this.#response.end(bytes);
  }

  /** Closes the connection: with FIN, or with RST, which makes the other side's kernel drop what it has not read. */
  async close(how: 'end' | 'reset'): Promise<void> {
    const { socket } = this.#response;
    if (this.#gone || !socket) return;
    if (how === 'end') return void socket.end();
    // What was written before is to arrive, and RST overtakes it.
    if (this.#response.headersSent) await this.pause(30);
    socket.resetAndDestroy();
  }
}
