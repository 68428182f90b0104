import type { Failure } from '../../shared/contract/failure.ts';
import type { WireRequest } from '../../shared/providers/formats/build-request.ts';
import type { Finish } from '../../shared/providers/formats/finish-reasons.ts';
import { StreamReader } from '../../shared/providers/formats/stream-reader.ts';
import type { TokenUsage } from '../../shared/providers/formats/token-usage.ts';
import { redactText } from '../../shared/providers/redact-patterns.ts';
import { failureOf, type Refused } from '../../shared/providers/refusals/failure-of.ts';
import { type LineFault, lineFailure, refusal } from '../../shared/providers/refusals/failure-sentences.ts';
import type { ResponseHeaders } from '../../shared/providers/refusals/retry-after.ts';
import { BodyCollector } from './body-collector.ts';
import { exchange } from './exchange.ts';
import type { Exchanged, ExchangeParts, ResponseSink } from './exchange-parts.ts';
import { finishFailure } from './finish-failure.ts';
import { countLines, LineBudget } from './line-budget.ts';
import { isCompressed } from './response-head.ts';
import type { Upstream } from './upstream.ts';

export interface StreamCallParts extends ExchangeParts {
  readonly onText: (delta: string) => void;
  /** The model thinks aloud: characters so far. */
  readonly onThinking?: ((chars: number) => void) | undefined;
  /** Any head, before what comes after it. */
  readonly onHeaders?: ((status: number, headers: ResponseHeaders) => void) | undefined;
  /** The provider accepted the request and answers with a stream. */
  readonly onStream: () => void;
}

export type CallEnd =
  | { readonly kind: 'answer'; readonly finish: Finish }
  | { readonly kind: 'failure'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

export type StreamCall = CallEnd & {
  /** All text that came, also of an answer that did not end. */
  readonly text: string;
  /** undefined: the provider did not say, or not credibly. */
  readonly usage: TokenUsage | undefined;
  readonly inputTokens: number | undefined;
  /** HTTP status; null: no response head came. */
  readonly status: number | null;
  readonly requestId: string | null;
  readonly model: string | null;
  /** Whether the provider may have begun to work, and to charge. */
  readonly billable: boolean;
};

/** Streams one answer. Never rejects; of what is the provider's, a failure has `said` alone, without the key. */
export async function streamCall(
  upstream: Upstream,
  request: WireRequest,
  parts: StreamCallParts,
): Promise<StreamCall> {
  const sink = new AnswerSink(upstream, request.json ?? false, parts);
  const exchanged = await exchange(upstream, request, parts, sink);
  const result = sink.result(exchanged);
  return result.kind === 'failure' ? { ...result, failure: finishFailure(result.failure, upstream) } : result;
}

class AnswerSink implements ResponseSink {
  readonly #upstream: Upstream;
  readonly #parts: StreamCallParts;
  readonly #json: boolean;
  readonly #clean: ((chunk: Buffer, last: boolean) => Buffer) | undefined;
  #cleanText: ((delta: string, last: boolean) => string) | undefined;
  #status: number | null = null;
  #headers: ResponseHeaders = {};
  #reader: StreamReader | undefined;
  #body: BodyCollector | undefined;
  readonly #lines: LineBudget;
  #text = '';
  #restarts = 0;
  /** The provider answers: by its word that a stream follows, else by the first piece of one. */
  #answers = false;
  #left = false;

  constructor(upstream: Upstream, json: boolean, parts: StreamCallParts) {
    this.#upstream = upstream;
    this.#json = json;
    this.#parts = parts;
    this.#lines = new LineBudget(parts.clock.now);
    this.#clean = upstream.cleaner?.();
    this.#cleanText = upstream.textCleaner?.();
  }

  head(status: number, headers: ResponseHeaders): LineFault | undefined {
    this.#status = status;
    this.#headers = headers;
    this.#parts.onHeaders?.(status, headers);
    if (isCompressed(headers)) return 'not_a_stream';
    if (status === 200) {
      this.#reader = new StreamReader(
        this.#upstream.vendor,
        this.#parts.limits.maxEventBytes,
        (delta) => this.#show(delta, false),
        { json: this.#json },
      );
      // Under another type there may be a stream too, or the answer as a whole: some gateways cannot stream.
      if (/^\s*text\/event-stream\b/i.test(headers['content-type'] ?? '')) this.#begin();
      return undefined;
    }
    this.#body = new BodyCollector(this.#parts.limits.maxErrorBytes, this.#clean);
    // A redirect is refused, so where it points to is not read.
    return status >= 300 && status < 400 ? 'not_a_stream' : undefined;
  }

  data(chunk: Buffer): 'response_too_large' | 'enough' | 'finished' | 'progress' | undefined {
    const reader = this.#reader;
    if (!reader) return this.#body?.push(chunk) ? undefined : 'response_too_large';
    // Before they are read, for reading them is what costs.
    if (!this.#lines.take(countLines(chunk))) return 'response_too_large';
    const { beats, finished, events, thoughtChars } = reader;
    const { length } = this.#text;
    reader.push(this.#clean?.(chunk, false) ?? chunk);
    if (reader.beats > 0) this.#begin();
    if (reader.thoughtChars > thoughtChars) this.#parts.onThinking?.(reader.thoughtChars);
    if (reader.done) return 'enough';
    if (!this.#lines.take(reader.events - events)) return 'response_too_large';
    // Some servers name a finish in every chunk: while text comes on, none of them was the last.
    if (reader.finished && (!finished || this.#text.length > length)) return 'finished';
    // A whole answer has no beat before its end.
    return reader.beats === beats && this.#answers ? undefined : 'progress';
  }

  #begin(): void {
    if (this.#answers) return;
    this.#answers = true;
    this.#parts.onStream();
  }

  #show(delta: string, last: boolean): void {
    if (delta !== '') this.#begin();
    this.#dropFalseStart();
    const text = this.#cleanText?.(delta, last) ?? delta;
    if (text === '' || this.#left) return;
    this.#text += text;
    this.#parts.onText(text);
  }

  /** What a gateway began and dropped was shown, and is no part of the answer. */
  #dropFalseStart(): void {
    const restarts = this.#reader?.restarts ?? 0;
    if (restarts === this.#restarts) return;
    this.#restarts = restarts;
    this.#text = '';
    this.#cleanText = this.#upstream.textCleaner?.();
  }

  result(exchanged: Exchanged): StreamCall {
    const reading = this.#read(exchanged);
    const status = this.#status;
    const { vendor } = this.#upstream;
    const fromHeader = vendor.requestIdHeaders
      .map((name) => this.#headers[name])
      .find((id) => id !== undefined);
    return {
      ...this.#ending(exchanged, reading),
      text: this.#text,
      usage: reading?.usage,
      inputTokens: reading?.inputTokens,
      status,
      requestId: plain(fromHeader ?? reading?.requestId),
      model: plain(reading?.model),
      // A refusal costs nothing.
      billable: exchanged.sent && (status === null || this.#answers),
    };
  }

  #read(exchanged: Exchanged): ReturnType<StreamReader['end']> | undefined {
    const reader = this.#reader;
    if (!reader) return undefined;
    this.#left = exchanged.end === 'stopped';
    const rest = this.#clean?.(Buffer.alloc(0), true);
    if (rest && rest.length > 0) reader.push(rest);
    const reading = reader.end(reader.finished);
    if (reader.beats > 0) this.#begin();
    this.#show('', true);
    return reading;
  }

  #ending(exchanged: Exchanged, reading: ReturnType<StreamReader['end']> | undefined): CallEnd {
    const { vendor } = this.#upstream;
    const status = this.#status;
    if (exchanged.end === 'stopped') return { kind: 'stopped' };
    if (status !== null && status >= 300 && status < 400)
      return { kind: 'failure', failure: refusal(vendor, 'redirect') };
    if (reading?.finish) return { kind: 'answer', finish: reading.finish };
    // What the provider said before the line broke tells more than that it broke.
    const said = reading?.failure && reading.failure.reason !== 'truncated' ? reading.failure : undefined;
    if (said) return { kind: 'failure', failure: said };
    if (exchanged.end === 'fault') return { kind: 'failure', failure: this.#lineFailure(exchanged.fault) };
    if (reading && this.#answers) return { kind: 'failure', failure: reading.failure };
    return { kind: 'failure', failure: failureOf(vendor, this.#refused(status ?? 0)) };
  }

  /** An error status stands even when its body did not come whole. */
  #lineFailure(fault: LineFault): Failure {
    const { vendor } = this.#upstream;
    const status = this.#status;
    return status !== null && status >= 400
      ? failureOf(vendor, this.#refused(status))
      : lineFailure(vendor, fault, this.#limitOf(fault));
  }

  #refused(status: number): Refused {
    return { status, headers: this.#headers, text: this.#body?.text() ?? '' };
  }

  #limitOf(fault: LineFault): number | undefined {
    const { firstByteMs, idleMs } = this.#parts.limits;
    if (fault === 'first_byte') return firstByteMs;
    return fault === 'idle' || fault === 'no_start' ? idleMs : undefined;
  }
}

/** Ids come from the provider and end in receipts: only what looks like one, and like no key. */
function plain(id: string | undefined): string | null {
  return id !== undefined && /^[\w.:/@+=-]{1,128}$/.test(id) && redactText(id) === id ? id : null;
}
