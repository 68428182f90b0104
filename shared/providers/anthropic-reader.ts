import type { Failure } from '../contract/failure.ts';
import type { AnswerReader, Finish, Reading, SseEvent } from './answer-reader.ts';
import { faultFailure } from './failure-of.ts';
import { lineFailure } from './failure-sentences.ts';
import { faultOf } from './fault.ts';
import { type Json, jsonOf, parseJson, textOf } from './read-json.ts';
import { anthropicUsage } from './token-usage.ts';
import type { Vendor } from './vendor.ts';

/** `pause_turn` wants to be continued, which only server tools need: it is no whole answer. Nor is what we do not know. */
const FINISHES: Readonly<Record<string, Finish>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'refusal',
};

export function createAnthropicReader(vendor: Vendor): AnswerReader {
  return new AnthropicReader(vendor);
}

class AnthropicReader implements AnswerReader {
  readonly #vendor: Vendor;
  #beats = 0;
  #done = false;
  #stopped = false;
  #text = '';
  #stopReason: string | undefined;
  #failure: Failure | undefined;
  #message: Json | undefined;
  /** Counts of message_start, and of the last message_delta, which are cumulative. */
  #startUsage: Json | undefined;
  #deltaUsage: Json | undefined;

  constructor(vendor: Vendor) {
    this.#vendor = vendor;
  }

  get beats(): number {
    return this.#beats;
  }

  get done(): boolean {
    return this.#done;
  }

  get finished(): boolean {
    return this.#stopReason !== undefined;
  }

  feed({ event, data }: SseEvent): string {
    if (this.#done) return '';
    const parsed = parseJson(data);
    if (parsed === undefined && data.trim() !== '')
      return this.#stop(lineFailure(this.#vendor, 'not_a_stream'));
    const json = jsonOf(parsed);
    if (!json) return '';
    // The type in the JSON, not the event's name, which some servers put after the data.
    const type = textOf(json['type']) ?? event;
    if (type === 'content_block_delta') return this.#blockDelta(json);
    return this.#other(type, json);
  }

  #blockDelta(json: Json): string {
    this.#beats += 1;
    const delta = jsonOf(json['delta']);
    if (delta?.['type'] !== 'text_delta') return '';
    const text = textOf(delta['text']) ?? '';
    this.#text += text;
    return text;
  }

  #other(type: string | undefined, json: Json): string {
    switch (type) {
      case 'message_start':
        this.#beats += 1;
        if (this.#message) return '';
        this.#message = jsonOf(json['message']) ?? {};
        this.#startUsage = jsonOf(this.#message['usage']);
        return '';
      case 'content_block_start': {
        this.#beats += 1;
        const block = jsonOf(json['content_block']);
        const text = (block?.['type'] === 'text' ? textOf(block['text']) : undefined) ?? '';
        this.#text += text;
        return text;
      }
      case 'message_delta':
        this.#beats += 1;
        this.#stopReason = textOf(jsonOf(json['delta'])?.['stop_reason']) ?? this.#stopReason;
        this.#deltaUsage = { ...this.#deltaUsage, ...present(jsonOf(json['usage'])) };
        return '';
      case 'message_stop':
        this.#done = true;
        this.#stopped = true;
        return '';
      case 'error':
        return this.#stop(faultFailure(this.#vendor, 200, faultOf(json) ?? {}));
      default: {
        // Pings and whatever is new. A gateway's error may come without a type.
        const fault = type === 'ping' ? undefined : faultOf(json);
        return fault ? this.#stop(faultFailure(this.#vendor, 200, fault)) : '';
      }
    }
  }

  #stop(failure: Failure): '' {
    this.#failure = failure;
    this.#done = true;
    return '';
  }

  end(silent = false): Reading {
    // Without a message_delta the output count is the one token of message_start: not what the answer took.
    const usage = this.#deltaUsage && anthropicUsage(this.#startUsage, this.#deltaUsage);
    const facts = {
      text: this.#text,
      usage,
      inputTokens: anthropicUsage(this.#startUsage, { output_tokens: 0 })?.inputTokens,
      model: textOf(this.#message?.['model']) || undefined,
      requestId: textOf(this.#message?.['id']) || undefined,
    };
    if (this.#failure) return { ...facts, failure: this.#failure };
    const reason = this.#stopReason;
    const finish =
      (this.#stopped || silent) && reason !== undefined && Object.hasOwn(FINISHES, reason)
        ? FINISHES[reason]
        : undefined;
    return finish === undefined
      ? { ...facts, failure: lineFailure(this.#vendor, 'truncated') }
      : { ...facts, finish };
  }
}

/** A later event restates some counts and has null for the others. */
function present(usage: Json | undefined): Json {
  return Object.fromEntries(
    Object.entries(usage ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );
}
