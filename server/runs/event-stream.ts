import type { ServerResponse } from 'node:http';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import { SECURITY_HEADERS } from '../http/security-headers.ts';
import { Gate } from '../providers/gate.ts';
import { SSE_COMMENT, SSE_HEADERS, sseEvent } from './sse.ts';

/**
 * A comment is sent after so much silence. It is longer than the eleven seconds in which TCP's probes find out that a client is gone: as
 * measured, a comment within that time stops the probes, and the loss stays unseen for as long as the kernel retransmits.
 */
export const HEARTBEAT_MS = 15_000;
/** A client whose socket was full at so many heartbeats in a row is gone or does not read. */
const FULL_BEATS = 4;
/** A client that does not take the last events within this time is cut off, since it would hold its connection for ever. */
const FLUSH_MS = 30_000;

/**
 * A run's SSE, written straight to the outgoing response. The head waits until `open`, so that a failure before the first upstream
 * byte can still be a real status; events until then are kept. All events of one turn of the event loop go out in one write.
 */
export class EventStream {
  /** Closed while the client does not keep up, so that reading from the provider pauses and memory does not grow. */
  readonly gate = new Gate();
  readonly #out: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #heartbeat: NodeJS.Timeout;
  #pending = '';
  #fullBeats = 0;
  #id = 0;
  #opened = false;
  #scheduled = false;

  constructor(
    out: ServerResponse,
    headers: Readonly<Record<string, string>> = {},
    heartbeatMs = HEARTBEAT_MS,
  ) {
    this.#out = out;
    this.#headers = headers;
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs);
    out.on('drain', () => {
      this.#fullBeats = 0;
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
    this.#pending += sseEvent(event, data, this.#id);
    this.#schedule();
  }

  /** Sends the head: from here on a failure is an event. */
  open(): void {
    if (this.#opened || this.#out.destroyed) return;
    this.#opened = true;
    this.#out.writeHead(200, {
      ...SECURITY_HEADERS,
      ...SSE_HEADERS,
      ...this.#headers,
    });
    this.#schedule();
  }

  end(): void {
    this.open();
    this.gate.open();
    this.#flush();
    clearInterval(this.#heartbeat);
    this.#out.end();
    const cut = setTimeout(() => this.#out.destroy(), FLUSH_MS);
    this.#out.once('close', () => clearTimeout(cut));
  }

  /** Gives the response back unopened, for a plain answer. Events that were kept are dropped. */
  abandon(): void {
    clearInterval(this.#heartbeat);
    this.#pending = '';
  }

  #beat(): void {
    this.open();
    if (this.gate.closed) {
      this.#fullBeats += 1;
      if (this.#fullBeats >= FULL_BEATS) this.#out.destroy();
      return;
    }
    this.#pending += SSE_COMMENT;
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
    this.#heartbeat.refresh();
    if (!this.#out.write(pending)) this.gate.close();
  }
}
