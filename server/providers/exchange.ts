import type { Dispatcher } from 'undici';
import type { WireRequest } from '../../shared/providers/formats/build-request.ts';
import { awaitRest } from './await-rest.ts';
import { connectFault } from './connect/connect-fault.ts';
import { wantConnection } from './connect/wanted-connections.ts';
import { Deadlines } from './deadlines.ts';
import type { Exchanged, ExchangeEnd, ExchangeParts, ResponseSink } from './exchange-parts.ts';
import { requestHeaders } from './request-headers.ts';
import { readHead } from './response-head.ts';
import type { Upstream } from './upstream.ts';

/** Counts and an end marker follow the finish at once, or never: servers are known that keep the line open without them. */
const FINISH_MS = 1000;
const DRAIN_BYTES = 65_536;
const MAX_INFORMATIONAL = 16;
/** Two reads may follow each other in one turn: together below the 20 ms in which nobody notices. */
const MAX_WORK_MS = 8;

/**
 * One request and its response over undici's `dispatch`, which is the cheapest way that keeps connections and aborts
 * (a third of the CPU of fetch and web streams). No retry, no redirect, no decompression. Leaves no socket behind whose response was
 * not read to its end. Rejects only with a bug that the sink throws.
 */
export function exchange(
  upstream: Upstream,
  request: WireRequest,
  parts: ExchangeParts,
  sink: ResponseSink,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    if (parts.signal.aborted) return resolve({ end: 'stopped', sent: false });
    const handler = new Exchange({ upstream, parts, sink, resolve, reject });
    const { body } = request;
    upstream.dispatcher.dispatch(
      {
        origin: upstream.origin,
        path: request.path,
        method: request.method,
        headers: requestHeaders(upstream, request),
        body: body === '' ? null : Buffer.from(body),
        // Ours count, and name themselves.
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      handler,
    );
  });
}

interface Asked {
  readonly upstream: Upstream;
  readonly parts: ExchangeParts;
  readonly sink: ResponseSink;
  readonly resolve: (end: Exchanged) => void;
  readonly reject: (bug: unknown) => void;
}

/** undici's older handler interface: it hands over the head as bytes, the newer one makes strings of all headers first. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #upstream: Upstream;
  readonly #parts: ExchangeParts;
  readonly #sink: ResponseSink;
  readonly #resolve: (end: Exchanged) => void;
  readonly #reject: (bug: unknown) => void;
  readonly #deadlines: Deadlines;
  readonly #connected: () => void;
  readonly #onSignal = (): void => this.#end({ end: 'stopped' });
  #abort: ((reason?: Error) => void) | undefined;
  #resume: (() => void) | undefined;
  #cancelGate: (() => void) | undefined;
  #cancelDrain: (() => void) | undefined;
  #cancelFinish: (() => void) | undefined;
  #sent = false;
  #headSeen = false;
  #begun = false;
  #settled = false;
  #bytes = 0;
  #heads = 0;
  #workedMs = 0;
  #drainUntil = Number.POSITIVE_INFINITY;

  constructor({ upstream, parts, sink, resolve, reject }: Asked) {
    this.#upstream = upstream;
    this.#parts = parts;
    this.#sink = sink;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#deadlines = new Deadlines(parts.clock, parts.limits, parts.runEndsAt, (fault) =>
      this.#end({ end: 'fault', fault: fault === 'idle' && !this.#begun ? 'no_start' : fault }),
    );
    this.#connected = wantConnection(upstream.origin);
    parts.signal.addEventListener('abort', this.#onSignal, { once: true });
  }

  /** A socket is there and the request is about to be written. */
  onConnect(abort: (reason?: Error) => void): void {
    this.#connected();
    if (this.#settled) {
      abort();
      return;
    }
    this.#abort = abort;
    this.#sent = true;
  }

  onHeaders(status: number, raw: Buffer[] | string[] | null, resume: () => void): boolean {
    if (status < 200) this.#informed();
    if (status < 200 || this.#settled) return true;
    this.#headSeen = true;
    this.#resume = resume;
    const headers = readHead(raw ?? [], this.#upstream);
    this.#deadlines.head();
    const fault = this.#ask(() => this.#sink.head(status, headers));
    if (fault) this.#end({ end: 'fault', fault });
    return true;
  }

  onData(chunk: Buffer): boolean {
    const from = this.#parts.clock.now();
    this.#bytes += chunk.length;
    if (this.#settled) {
      if (this.#bytes > this.#drainUntil) this.#abort?.();
      return true;
    }
    if (this.#bytes > this.#parts.limits.maxResponseBytes) {
      this.#end({ end: 'fault', fault: 'response_too_large' });
      return true;
    }
    const said = this.#ask(() => this.#sink.data(chunk));
    if (said === 'progress') this.#beat();
    else if (said === 'finished') this.#finishSoon();
    else if (said === 'enough') this.#drain();
    else if (said) this.#end({ end: 'fault', fault: said });
    return !this.#paused() && !this.#yields(this.#parts.clock.now() - from);
  }

  onComplete(): void {
    this.#abort = undefined;
    this.#end({ end: 'complete' });
    this.#over();
  }

  onError(error: Error): void {
    this.#abort = undefined;
    this.#end({ end: 'fault', fault: connectFault(error, this.#headSeen) });
    this.#over();
  }

  #beat(): void {
    this.#begun = true;
    this.#deadlines.beat();
  }

  #finishSoon(): void {
    this.#beat();
    this.#cancelFinish?.();
    this.#cancelFinish = this.#parts.clock.after(FINISH_MS, () => this.#end({ end: 'finished' }));
  }

  /** undici would take what a sink throws for a failure of the connection. */
  #ask<T>(sink: () => T): T | undefined {
    try {
      return sink();
    } catch (bug) {
      this.#settle();
      this.#abort?.();
      this.#reject(bug);
      return undefined;
    }
  }

  /** A few are a server's right, `103 Early Hints`; a storm of them would be read without end. */
  #informed(): void {
    this.#heads += 1;
    if (this.#heads > MAX_INFORMATIONAL) this.#end({ end: 'fault', fault: 'not_a_stream' });
  }

  /** Tells undici to stop reading for a turn of the event loop when this one has worked long enough, so that others have theirs. */
  #yields(ms: number): boolean {
    this.#workedMs += ms;
    if (this.#settled || this.#workedMs < MAX_WORK_MS) return false;
    this.#workedMs = 0;
    setImmediate(() => {
      if (!this.#cancelGate) this.#resume?.();
    });
    return true;
  }

  /** Tells undici to stop reading while the run's client does not keep up. */
  #paused(): boolean {
    const { gate } = this.#parts;
    if (!gate?.closed || this.#settled) return false;
    this.#deadlines.pause();
    this.#cancelGate ??= gate.whenOpen(() => {
      this.#cancelGate = undefined;
      this.#deadlines.resume();
      this.#resume?.();
    });
    return true;
  }

  /** The answer is whole and the response all but: its end mostly comes in the same packet, and keeps the connection. */
  #drain(): void {
    this.#settle();
    this.#drainUntil = this.#bytes + DRAIN_BYTES;
    const { clock, signal } = this.#parts;
    const over = awaitRest(clock, this.#upstream.over ? [signal, this.#upstream.over] : [signal], {
      late: () => this.#resolve({ end: 'complete', sent: true }),
      stop: () => this.#abort?.(),
    });
    this.#cancelDrain = () => {
      over();
      this.#resolveIdle();
    };
  }

  /** The response is over, one way or the other. */
  #over(): void {
    this.#cancelDrain?.();
    this.#cancelDrain = undefined;
  }

  #settle(): void {
    this.#settled = true;
    this.#connected();
    this.#deadlines.stop();
    this.#cancelFinish?.();
    this.#cancelGate?.();
    this.#parts.signal.removeEventListener('abort', this.#onSignal);
  }

  #end(end: ExchangeEnd): void {
    if (this.#settled) return;
    this.#settle();
    if (end.end === 'complete') {
      this.#resolveIdle();
      return;
    }
    // Destroys the socket.
    this.#abort?.();
    this.#resolve({ ...end, sent: this.#sent });
  }

  /** When undici has the connection ready for the next request, which it makes at the turn of the event loop; else it opens another. */
  #resolveIdle(): void {
    queueMicrotask(() => setImmediate(() => this.#resolve({ end: 'complete', sent: this.#sent })));
  }
}
