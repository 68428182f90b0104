import type { ServerResponse } from 'node:http';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import { Gate } from '../providers/gate.ts';
import { NO_STORE, SECURITY_HEADERS } from './security-headers.ts';

const HEARTBEAT_MS = 10_000;
/** A client that does not take the last events in this time is cut off: it would hold its connection for ever. */
const FLUSH_MS = 30_000;

/**
 * A run's SSE, written straight to the outgoing response. The head waits until `open`, so that a failure before the first upstream
 * byte can still be a real status; events until then are kept. All events of one turn of the event loop go out in one write.
 */
export class EventStream {
  /** Closed while the client does not keep up, so that its provider waits and this process's memory does not grow. */
  readonly gate = new Gate();
  readonly #out: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #heartbeat: NodeJS.Timeout;
  #pending = '';
  #id = 0;
  #opened = false;
  #scheduled = false;

  constructor(out: ServerResponse, headers: Readonly<Record<string, string>> = {}) {
    this.#out = out;
    this.#headers = headers;
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    out.on('drain', () => {
      this.gate.open();
      this.#flush();
    });
    out.once('close', () => clearInterval(this.#heartbeat));
  }

  get opened(): boolean {
    return this.#opened;
  }

  send({ event, data }: ComposeEvent): void {
    this.#id += 1;
    this.#pending += `event: ${event}\nid: ${this.#id}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#schedule();
  }

  /** Sends the head: from here on a failure is an event. */
  open(): void {
    if (this.#opened || this.#out.destroyed) return;
    this.#opened = true;
    this.#out.writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': NO_STORE,
      'x-accel-buffering': 'no',
      ...this.#headers,
    });
    this.#schedule();
  }

  end(): void {
    this.open();
    clearInterval(this.#heartbeat);
    this.gate.open();
    this.#flush();
    this.#out.end();
    const cut = setTimeout(() => this.#out.destroy(), FLUSH_MS);
    this.#out.once('close', () => clearTimeout(cut));
  }

  /** Gives the response back unopened, for a plain answer; what was sent is dropped. */
  abandon(): void {
    clearInterval(this.#heartbeat);
    this.#pending = '';
  }

  #beat(): void {
    this.open();
    this.#pending += ': still here\n\n';
    this.#flush();
  }

  #schedule(): void {
    if (!this.#opened || this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    if (!this.#opened || this.gate.closed || this.#pending === '' || this.#out.destroyed) return;
    const pending = this.#pending;
    this.#pending = '';
    if (!this.#out.write(pending)) this.gate.close();
  }
}
