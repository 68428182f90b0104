import type { ServerResponse } from 'node:http';

/**
 * One response. Every wait ends at once when the client leaves or the sandbox closes, and whatever is written afterwards goes nowhere.
 */
export class Wire {
  protected readonly response: ServerResponse;
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #gone = false;

  constructor(response: ServerResponse) {
    this.response = response;
    response.on('drain', () => this.#wake?.());
    response.on('error', () => this.leave());
  }

  get gone(): boolean {
    return this.#gone;
  }

  /** The client is not there any more. */
  leave(): void {
    this.#gone = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }

  head(status: number, headers: Readonly<Record<string, string>>): void {
    if (this.#gone) return;
    this.response.writeHead(status, { ...headers });
    this.response.flushHeaders();
  }

  /** Resolves when the reader can take more. */
  async send(bytes: string | Buffer): Promise<void> {
    if (this.#gone || bytes.length === 0) return;
    if (!this.response.write(bytes)) await this.waiting(() => undefined);
  }

  pause(ms: number): Promise<void> {
    return this.waiting((wake) => {
      this.#timer = setTimeout(wake, ms);
    });
  }

  protected waiting(start: (wake: () => void) => void): Promise<void> {
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
    if (!this.#gone) this.response.end(bytes);
  }
}
