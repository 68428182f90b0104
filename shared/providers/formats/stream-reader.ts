import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { Failure } from '../../contract/failure.ts';
import type { Reading } from '../answer.ts';
import { jsonOf, parseJson } from '../read-json.ts';
import { faultFailure } from '../refusals/failure-of.ts';
import { lineFailure } from '../refusals/failure-sentences.ts';
import { bodyFault } from '../refusals/fault.ts';
import { TextJoiner } from '../text-joiner.ts';
import type { Vendor } from '../vendor.ts';
import { createReader, type SseEvent } from './answer-reader.ts';
import { FrameReader } from './frame-reader.ts';

/**
 * Turns a response's bytes into an answer: one decoder, one parser, one reader. Reads a stream of events, and also an answer that came as
 * one JSON. Pure: no I/O, no clock. `maxEventChars` bounds the memory beside the answer's own text; the caller bounds that by counting
 * bytes.
 */
export class StreamReader {
  readonly #vendor: Vendor;
  readonly #maxEventChars: number;
  readonly #onText: (delta: string) => void;
  readonly #decoder = new TextDecoder();
  readonly #joiner = new TextJoiner();
  readonly #reader;
  readonly #parser: EventSourceParser;
  /** Reads Amazon's frames, where the format has them and the first byte is that of a length. */
  readonly #frames: FrameReader | undefined;
  #binary: boolean | undefined;
  /** Lines that are no field of an event: a JSON that was not streamed, or a page. */
  #stray = '';
  #tooLarge = false;
  #events = 0;
  #ending = false;

  /** `onText` gets each piece of the answer as it comes, synchronously, and never half a character. `json`: JSON was asked for. */
  constructor(
    vendor: Vendor,
    maxEventChars: number,
    onText: (delta: string) => void,
    options: { readonly json?: boolean } = {},
  ) {
    this.#vendor = vendor;
    this.#maxEventChars = maxEventChars;
    this.#onText = onText;
    this.#reader = createReader(vendor, options);
    this.#frames =
      vendor.format === 'converse'
        ? new FrameReader(maxEventChars, (event) => this.#event(event))
        : undefined;
    this.#parser = createParser({
      // Bounds an event that is not complete yet. One that is complete within a chunk is read, whatever its size.
      maxBufferSize: maxEventChars,
      onEvent: (event) => this.#event(unwrapped(event)),
      onError: ({ type, line = '' }) => {
        if (type === 'max-buffer-size-exceeded' || this.#stray.length + line.length > maxEventChars)
          this.#tooLarge = true;
        else this.#stray += `${line}\n`;
      },
    });
  }

  /** True when nothing that may follow matters: the stream ended by its own marker, failed, or exceeded its bound. */
  get done(): boolean {
    return this.#tooLarge || this.#reader.done;
  }

  /** The answer's finish reason has come. Only counts and the stream's end marker may follow. */
  get finished(): boolean {
    return this.#reader.finished;
  }

  /** Counts what shows progress, for the idle timeout. */
  get beats(): number {
    return this.#reader.beats;
  }

  /** Characters of the model's thoughts. */
  get thoughtChars(): number {
    return this.#reader.thoughtChars;
  }

  /** How many events or frames came so far, of any kind. */
  get events(): number {
    return this.#events;
  }

  /** How often the answer began again. The text from before does not count, although it was shown. */
  get restarts(): number {
    return this.#reader.restarts;
  }

  push(bytes: Uint8Array): void {
    if (this.done || bytes.length === 0) return;
    // No frame has 16 MB, so its length begins with a zero byte. No text does.
    this.#binary ??= this.#frames !== undefined && bytes[0] === 0;
    if (this.#binary) this.#frame(bytes);
    else this.#feed(this.#decoder.decode(bytes, { stream: true }));
  }

  /** Called at the end of the bytes. A last event without its blank line counts when its JSON is complete; `silent`: see `AnswerReader`. */
  end(silent = false): Reading {
    this.#ending = true;
    if (!this.done) this.#feed(`${this.#decoder.decode()}\n\n`);
    if (!this.#tooLarge && !this.#reader.done) this.#readStray();
    this.#show('', true);
    const reading = this.#reader.end(silent);
    if (!this.#tooLarge) return reading;
    const page = this.#stray !== '' && this.#reader.beats === 0;
    return failed(reading, lineFailure(this.#vendor, page ? 'not_a_stream' : 'response_too_large'));
  }

  #frame(bytes: Uint8Array): void {
    this.#frames?.push(bytes);
    if (this.#frames?.fault === 'response_too_large') this.#tooLarge = true;
    else if (this.#frames?.fault) this.#reader.fail(lineFailure(this.#vendor, 'not_a_stream'));
  }

  #feed(text: string): void {
    if (text !== '') this.#parser.feed(text);
  }

  #event(event: SseEvent): void {
    this.#events += 1;
    if (event.data.length > this.#maxEventChars) this.#tooLarge = true;
    // JSON that is broken because the stream ended in it is a truncated answer and not a malformed one.
    if (this.#tooLarge || (this.#ending && !isWhole(event.data))) return;
    this.#show(this.#reader.feed(event), false);
  }

  #show(delta: string, last: boolean): void {
    const text = this.#joiner.join(delta, last);
    if (text !== '') this.#onText(text);
  }

  /** Reads an answer that was not streamed although a stream was asked for, an error, or a page of something in between. */
  #readStray(): void {
    if (this.#stray.trim() === '') return;
    const parsed = parseJson(this.#stray);
    const parts: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    for (const part of parts) this.#show(this.#reader.take(jsonOf(part) ?? {}), false);
    if (this.#reader.done || this.#reader.finished) return;
    const fault = bodyFault(this.#stray);
    if (fault) this.#reader.fail(faultFailure(this.#vendor, 200, fault));
    else if (this.#reader.beats === 0) this.#reader.fail(lineFailure(this.#vendor, 'not_a_stream'));
  }
}

/** A relay that does not know that a relay answers it frames the frames once more. */
function unwrapped({ event, data }: SseEvent): SseEvent {
  return { event, data: data.startsWith('data:') ? data.slice('data:'.length).trimStart() : data };
}

function isWhole(data: string): boolean {
  return data.startsWith('[DONE]') || parseJson(data) !== undefined;
}

function failed({ text, usage, inputTokens, model, requestId }: Reading, failure: Failure): Reading {
  return { text, usage, inputTokens, model, requestId, failure };
}
