import type { Failure } from '../../contract/failure.ts';
import { Answer, type ReadEvent, type Reading } from '../answer.ts';
import { type Json, jsonOf, parseJson } from '../read-json.ts';
import { lineFailure } from '../refusals/failure-sentences.ts';
import type { Vendor } from '../vendor.ts';
import { readAnthropic } from './anthropic-reader.ts';
import { readConverse } from './converse-reader.ts';
import { readGemini } from './gemini-reader.ts';
import { readOpenAi } from './openai-reader.ts';
import { readResponses } from './responses-reader.ts';

/** One event of an upstream's SSE stream. */
export interface SseEvent {
  readonly event?: string | undefined;
  readonly data: string;
}

/** Reads one answer. Pure: strings in, values out; nothing that it is given makes it throw. */
export interface AnswerReader {
  /** Returns the text that the event adds; empty when there is none. */
  feed(event: SseEvent): string;
  /** The same for an event that is parsed already, or for an answer that was not streamed. */
  take(json: Json, event?: string): string;
  /** Counts events that show progress: pings, empty and unknown ones do not. */
  readonly beats: number;
  /** Characters of the model's thoughts, which are no part of the answer. */
  readonly thoughtChars: number;
  /** How often the answer began again. Text from before is not part of it. */
  readonly restarts: number;
  /** The reason for the end has come. Only counts and the stream's end marker may follow. */
  readonly finished: boolean;
  /** The stream said that nothing follows. */
  readonly done: boolean;
  /** Records a fault that the caller found out. */
  fail(failure: Failure): void;
  /** Ends the reading. `silent`: a second has passed since the finish reason, so that a missing end marker is not waited for. */
  end(silent?: boolean): Reading;
}

/** `json`: JSON was asked for. */
export function createReader(vendor: Vendor, options: { readonly json?: boolean } = {}): AnswerReader {
  const { read, untilClosed } = FORMATS[vendor.format];
  const answer = new Answer(vendor, { ...options, untilClosed });
  return new EventReader(answer, read(answer));
}

const FORMATS: Readonly<
  Record<Vendor['format'], { readonly read: (answer: Answer) => ReadEvent; readonly untilClosed: boolean }>
> = {
  openai: { read: readOpenAi, untilClosed: false },
  anthropic: { read: readAnthropic, untilClosed: true },
  responses: { read: readResponses, untilClosed: false },
  gemini: { read: readGemini, untilClosed: false },
  converse: { read: readConverse, untilClosed: false },
};

class EventReader implements AnswerReader {
  readonly #answer: Answer;
  readonly #read: ReadEvent;

  constructor(answer: Answer, read: ReadEvent) {
    this.#answer = answer;
    this.#read = read;
  }

  get beats(): number {
    return this.#answer.beats;
  }

  get thoughtChars(): number {
    return this.#answer.thoughtChars;
  }

  get restarts(): number {
    return this.#answer.restarts;
  }

  get finished(): boolean {
    return this.#answer.finished;
  }

  get done(): boolean {
    return this.#answer.done;
  }

  feed({ event, data }: SseEvent): string {
    if (this.done) return '';
    // Gateways that translate send OpenAI's end marker in other formats too.
    if (data.startsWith('[DONE]')) return this.#answer.close();
    const parsed = parseJson(data);
    if (parsed === undefined && data.trim() !== '') {
      if (event === 'error') return this.#answer.fault({ message: data });
      return this.#answer.fail(lineFailure(this.#answer.vendor, 'not_a_stream'));
    }
    // Google's errors come in an array.
    if (!Array.isArray(parsed)) return this.take(jsonOf(parsed) ?? {}, event);
    return parsed.map((one) => this.take(jsonOf(one) ?? {}, event)).join('');
  }

  take(json: Json, event?: string): string {
    return this.done ? '' : this.#read(json, event);
  }

  fail(failure: Failure): void {
    this.#answer.fail(failure);
  }

  end(silent = false): Reading {
    return this.#answer.end(silent);
  }
}
