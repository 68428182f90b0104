import type { Failure } from '../contract/failure.ts';
import { type Finish, finishOf } from './formats/finish-reasons.ts';
import type { TokenUsage } from './formats/token-usage.ts';
import type { Json } from './read-json.ts';
import { faultFailure } from './refusals/failure-of.ts';
import { lineFailure, refusal } from './refusals/failure-sentences.ts';
import type { Fault } from './refusals/fault.ts';
import type { Vendor } from './vendor.ts';

/** What reading a stream led to. It is an answer only when the stream's end marker was seen; `text` is what had arrived in either case. */
export type Reading = Facts &
  (
    | { readonly finish: Finish; readonly failure?: undefined }
    | { readonly finish?: undefined; readonly failure: Failure }
  );

/** What is known of an answer, whether it was complete or not. */
export interface Facts {
  readonly text: string;
  /** Undefined when it was not reported or cannot be trusted. */
  readonly usage: TokenUsage | undefined;
  /** Only the input's count, where it is reported before the output (Anthropic): for answers that were cut off. */
  readonly inputTokens: number | undefined;
  /** The model that answered, and the provider's id of the request, as the stream names them. */
  readonly model: string | undefined;
  readonly requestId: string | undefined;
}

/** How a wire format reads one event. */
export type ReadEvent = (json: Json, event: string | undefined) => string;

/** What differs between answers of one wire format. */
export interface AnswerOptions {
  /** A finish reason counts only when the stream also said that it is over. */
  readonly untilClosed?: boolean;
  /** JSON was asked for, which may come as a tool call. */
  readonly json?: boolean;
}

/** What the readers of all wire formats gather of one answer. */
export class Answer {
  readonly vendor: Vendor;
  readonly #untilClosed: boolean;
  readonly #json: boolean;
  beats = 0;
  /** Characters of the model's thoughts. The thoughts themselves are not kept. */
  thoughtChars = 0;
  /** How often the answer began again. Text from before is not part of it. */
  restarts = 0;
  usage: TokenUsage | undefined;
  inputTokens: number | undefined;
  model: string | undefined;
  requestId: string | undefined;
  #text = '';
  #toolJson = '';
  #again = false;
  #reason: string | undefined;
  #refused = false;
  #failure: Failure | undefined;
  #closed = false;

  constructor(vendor: Vendor, { untilClosed = false, json = false }: AnswerOptions) {
    this.vendor = vendor;
    this.#untilClosed = untilClosed;
    this.#json = json;
  }

  get text(): string {
    return this.#text;
  }

  get done(): boolean {
    return this.#closed || this.#failure !== undefined;
  }

  get finished(): boolean {
    return this.#reason !== undefined;
  }

  beat(): '' {
    this.beats += 1;
    return '';
  }

  /** A model's thoughts show progress and are no part of its answer. */
  think(thought: string): '' {
    this.thoughtChars += thought.length;
    return this.beat();
  }

  say(text: string): string {
    if (text === '') return '';
    this.beats += 1;
    if (this.#again) {
      this.#again = false;
      this.restarts += 1;
      this.#text = '';
    }
    this.#text += text;
    return text;
  }

  /** Marks that a tool call has come. Of several, the first counts. */
  get calls(): boolean {
    return this.#toolJson !== '';
  }

  /**
   * Arguments of a tool call. Tools are never offered, but some gateways turn the schema into one, and the answer comes as its arguments.
   */
  sayInTool(json: string): '' {
    if (json === '') return '';
    this.#toolJson += json;
    return this.beat();
  }

  /** A gateway tried again and another answer begins. Its text replaces what has come so far. */
  beginAgain(): void {
    this.#again = this.#text !== '';
  }

  refuse(): '' {
    this.#refused = true;
    return this.beat();
  }

  /** Takes the reason for the end, and text that came only as a tool call. */
  finish(reason: string): string {
    this.#reason = reason;
    this.beats += 1;
    const json = this.#json && this.#text.trim() === '' ? this.#toolJson : '';
    this.#toolJson = '';
    return this.say(json);
  }

  close(): '' {
    this.#closed = true;
    return '';
  }

  fail(failure: Failure): '' {
    this.#failure ??= failure;
    return '';
  }

  fault(fault: Fault): '' {
    return this.fail(faultFailure(this.vendor, 200, fault));
  }

  end(silent: boolean): Reading {
    const { inputTokens, model, requestId } = this;
    // Half a surrogate pair whose other half never came is dropped.
    const facts = { text: this.#text.toWellFormed(), usage: this.#credible(), inputTokens, model, requestId };
    if (this.#failure) return { ...facts, failure: this.#failure };
    const whole = this.#closed || !this.#untilClosed || silent;
    const meaning = whole && this.#reason !== undefined ? finishOf(this.#reason) : undefined;
    if (meaning === undefined) return { ...facts, failure: lineFailure(this.vendor, 'truncated') };
    if (!isFinish(meaning)) return { ...facts, failure: refusal(this.vendor, meaning) };
    return { ...facts, finish: this.#refused && meaning === 'stop' ? 'refusal' : meaning };
  }

  /** Zero tokens for a prompt or text that is not empty mean that the server does not count. */
  #credible(): TokenUsage | undefined {
    const { usage } = this;
    if (!usage || usage.costUsd !== undefined) return usage;
    return usage.inputTokens === 0 || (usage.outputTokens === 0 && this.#text !== '') ? undefined : usage;
  }
}

function isFinish(meaning: string): meaning is Finish {
  return meaning === 'stop' || meaning === 'length' || meaning === 'refusal';
}
