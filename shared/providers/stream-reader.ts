import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { Failure } from '../contract/failure.ts';
import { createReader, type Reading } from './answer-reader.ts';
import { faultFailure } from './failure-of.ts';
import { lineFailure } from './failure-sentences.ts';
import { bodyFault } from './fault.ts';
import { parseJson } from './read-json.ts';
import type { Vendor } from './vendor.ts';

const MAX_STRAY_CHARS = 65_536;

/**
 * A stream's way from bytes to an answer: one decoder, one parser, one reader. Pure: no I/O, no clock. Memory is bounded by
 * `maxEventChars` beside the answer's own text, whose bound is the caller's, who counts bytes.
 */
export class StreamReader {
  readonly #vendor: Vendor;
  readonly #decoder = new TextDecoder();
  readonly #reader;
  readonly #parser: EventSourceParser;
  /** Lines that are no field: Google's bare JSON error comes like that. */
  #stray = '';
  #tooLarge = false;
  #ending = false;

  /** `onText` gets each piece of the answer as it comes, synchronously. */
  constructor(vendor: Vendor, maxEventChars: number, onText: (delta: string) => void) {
    this.#vendor = vendor;
    this.#reader = createReader(vendor);
    this.#parser = createParser({
      // Bounds what is not yet an event; one that comes whole in a chunk is dispatched whatever its size.
      maxBufferSize: maxEventChars,
      onEvent: (event) => {
        if (event.data.length > maxEventChars) this.#tooLarge = true;
        // What is no JSON because the stream broke off in it is truncation, not nonsense.
        if (this.#tooLarge || (this.#ending && parseJson(event.data) === undefined)) return;
        const delta = this.#reader.feed(event);
        if (delta !== '') onText(delta);
      },
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') this.#tooLarge = true;
        else if (this.#stray.length < MAX_STRAY_CHARS) this.#stray += `${error.line ?? ''}\n`;
      },
    });
  }

  /** Nothing that may follow is of interest: the stream ended by its own marker, failed, or is beyond its bound. */
  get done(): boolean {
    return this.#tooLarge || this.#reader.done;
  }

  /** The answer's finish has come: the rest is counts and the stream's own end. */
  get finished(): boolean {
    return this.#reader.finished;
  }

  /** Counts what shows progress, for the idle deadline. */
  get beats(): number {
    return this.#reader.beats;
  }

  push(bytes: Uint8Array): void {
    if (!this.done) this.#feed(this.#decoder.decode(bytes, { stream: true }));
  }

  /** At the end of the bytes. A last event without its blank line counts when its JSON is whole; `silent`: see `AnswerReader`. */
  end(silent = false): Reading {
    this.#ending = true;
    if (!this.done) this.#feed(`${this.#decoder.decode()}\n\n`);
    const reading = this.#reader.end(silent);
    if (this.#tooLarge) return this.#failed(reading, lineFailure(this.#vendor, 'response_too_large'));
    const fault = reading.finish === undefined && this.#stray !== '' ? bodyFault(this.#stray) : undefined;
    return fault ? this.#failed(reading, faultFailure(this.#vendor, 200, fault)) : reading;
  }

  #feed(text: string): void {
    if (text !== '') this.#parser.feed(text);
  }

  #failed({ text, usage, inputTokens, model, requestId }: Reading, failure: Failure): Reading {
    return { text, usage, inputTokens, model, requestId, failure };
  }
}
