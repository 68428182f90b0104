import type { Failure } from '../contract/failure.ts';
import type { AnswerReader, Finish, Reading, SseEvent } from './answer-reader.ts';
import { faultFailure } from './failure-of.ts';
import { lineFailure } from './failure-sentences.ts';
import { faultOf } from './fault.ts';
import { jsonOf, parseJson, textOf } from './read-json.ts';
import { openAiUsage, type TokenUsage } from './token-usage.ts';
import type { Vendor } from './vendor.ts';

/** The spec's, Cohere's, vLLM's and TGI's. Any other reason means that the answer is not whole (DeepSeek, OpenRouter). */
const FINISHES: Readonly<Record<string, Finish>> = {
  stop: 'stop',
  tool_calls: 'stop',
  function_call: 'stop',
  complete: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  length: 'length',
  max_tokens: 'length',
  content_filter: 'refusal',
};

export function createOpenAiReader(vendor: Vendor): AnswerReader {
  return new OpenAiReader(vendor);
}

class OpenAiReader implements AnswerReader {
  readonly #vendor: Vendor;
  #beats = 0;
  #done = false;
  #text = '';
  #finish: string | undefined;
  #refused = false;
  #failure: Failure | undefined;
  #usage: TokenUsage | undefined;
  #model: string | undefined;
  #requestId: string | undefined;

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
    return this.#finish !== undefined;
  }

  feed({ event, data }: SseEvent): string {
    if (this.#done) return '';
    if (data.startsWith('[DONE]')) {
      this.#done = true;
      return '';
    }
    const parsed = parseJson(data);
    if (parsed === undefined && data.trim() !== '')
      return this.#stop(lineFailure(this.#vendor, 'not_a_stream'));
    const chunk = jsonOf(parsed);
    if (!chunk) return '';

    if (this.#model === undefined) {
      this.#beats += 1;
      // Azure's first chunk has neither: it only tells of its content filter.
      this.#model = textOf(chunk['model']) || undefined;
      this.#requestId ??= textOf(chunk['id']) || undefined;
    }
    const groq = jsonOf(chunk['x_groq']);
    if (groq) this.#requestId = textOf(groq['id']) ?? this.#requestId;
    const usage = chunk['usage'] ?? groq?.['usage'];
    if (usage !== undefined && usage !== null) {
      this.#usage = openAiUsage(usage);
      this.#beats += 1;
    }
    const fault = faultOf(chunk) ?? (groq && faultOf(groq)) ?? (event === 'error' ? {} : undefined);
    if (fault) return this.#stop(faultFailure(this.#vendor, 200, fault));
    return this.#choice(chunk['choices']);
  }

  /** One answer is asked for, so the first choice is all; Azure's first chunk and every usage chunk have none. */
  #choice(choices: unknown): string {
    const choice = Array.isArray(choices) ? jsonOf(choices[0]) : undefined;
    if (!choice) return '';
    const delta = jsonOf(choice['delta']);
    const finish = textOf(choice['finish_reason']);
    if (finish) {
      this.#finish = finish;
      this.#beats += 1;
    }
    if (!delta) return '';
    const text = contentOf(delta['content']);
    if (textOf(delta['refusal'])) this.#refused = true;
    if (
      text !== '' ||
      delta['reasoning'] ||
      delta['reasoning_content'] ||
      delta['tool_calls'] ||
      delta['refusal']
    )
      this.#beats += 1;
    this.#text += text;
    return text;
  }

  #stop(failure: Failure): '' {
    this.#failure = failure;
    this.#done = true;
    return '';
  }

  end(): Reading {
    const facts = {
      text: this.#text,
      usage: this.#usage,
      inputTokens: undefined,
      model: this.#model,
      requestId: this.#requestId,
    };
    if (this.#failure) return { ...facts, failure: this.#failure };
    const reason = this.#finish?.toLowerCase();
    const finish = reason !== undefined && Object.hasOwn(FINISHES, reason) ? FINISHES[reason] : undefined;
    if (finish === undefined) return { ...facts, failure: lineFailure(this.#vendor, 'truncated') };
    return { ...facts, finish: this.#refused ? 'refusal' : finish };
  }
}

/** A string; Mistral's reasoning models send parts, of which the `text` ones are the answer. */
function contentOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => (jsonOf(part)?.['type'] === 'text' ? (textOf(jsonOf(part)?.['text']) ?? '') : ''))
    .join('');
}
