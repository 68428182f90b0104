import type { Failure } from '../contract/failure.ts';
import { type Finish, finishOf } from './formats/finish-reasons.ts';
import type { TokenUsage } from './formats/token-usage.ts';
import type { Json } from './read-json.ts';
import { faultFailure } from './refusals/failure-of.ts';
import { lineFailure, refusal } from './refusals/failure-sentences.ts';
import type { Fault } from './refusals/fault.ts';
import type { Vendor } from './vendor.ts';

/** What a stream came to. An answer only when its terminal marker was seen; `text` is what had come in either case. */
export type Reading = Facts &
  (
    | { readonly finish: Finish; readonly failure?: undefined }
    | { readonly finish?: undefined; readonly failure: Failure }
  );

export interface Facts {
  readonly text: string;
  /** undefined: not reported, or not to be trusted. */
  readonly usage: TokenUsage | undefined;
  /** The input alone, where it is told before the output (Anthropic): for answers that were cut off. */
  readonly inputTokens: number | undefined;
  /** The model that answered, and the provider's id of the request, as the stream names them. */
  readonly model: string | undefined;
  readonly requestId: string | undefined;
}

/** A wire format's way to read one event. */
export type ReadEvent = (json: Json, event: string | undefined) => string;

export interface AnswerOptions {
  /** A finish counts only when the stream also said that it is over. */
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
  /** Characters of what the model thought aloud; the thoughts themselves are kept nowhere. */
  thoughtChars = 0;
  /** How often the answer began anew: what had come before is not part of it. */
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

  /** What a model thinks is progress, and no part of its answer. */
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

  /** A tool call has come; of several the first counts. */
  get calls(): boolean {
    return this.#toolJson !== '';
  }

  /** Arguments of a tool call. None is ever offered, but some gateways make one of the schema, and the answer comes as its arguments. */
  sayInTool(json: string): '' {
    if (json === '') return '';
    this.#toolJson += json;
    return this.beat();
  }

  /** Another answer begins, from a gateway that tried again: its text takes the place of what has come so far. */
  beginAgain(): void {
    this.#again = this.#text !== '';
  }

  refuse(): '' {
    this.#refused = true;
    return this.beat();
  }

  /** The reason for the end, and the text that only came as a tool call. */
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
    // A surrogate whose other half never came is no character.
    const facts = { text: this.#text.toWellFormed(), usage: this.#credible(), inputTokens, model, requestId };
    if (this.#failure) return { ...facts, failure: this.#failure };
    const whole = this.#closed || !this.#untilClosed || silent;
    const meaning = whole && this.#reason !== undefined ? finishOf(this.#reason) : undefined;
    if (meaning === undefined) return { ...facts, failure: lineFailure(this.vendor, 'truncated') };
    if (!isFinish(meaning)) return { ...facts, failure: refusal(this.vendor, meaning) };
    return { ...facts, finish: this.#refused && meaning === 'stop' ? 'refusal' : meaning };
  }

  /** No prompt has no tokens, and no text has none: servers that do not count send zeros. */
  #credible(): TokenUsage | undefined {
    const { usage } = this;
    if (!usage || usage.costUsd !== undefined) return usage;
    return usage.inputTokens === 0 || (usage.outputTokens === 0 && this.#text !== '') ? undefined : usage;
  }
}

function isFinish(meaning: string): meaning is Finish {
  return meaning === 'stop' || meaning === 'length' || meaning === 'refusal';
}
