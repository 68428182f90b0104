import type { Failure } from '../contract/failure.ts';
import { createAnthropicReader } from './anthropic-reader.ts';
import { createOpenAiReader } from './openai-reader.ts';
import type { TokenUsage } from './token-usage.ts';
import type { Vendor } from './vendor.ts';

/** One event of an upstream's SSE stream. */
export interface SseEvent {
  readonly event?: string | undefined;
  readonly data: string;
}

export type Finish = 'stop' | 'length' | 'refusal';

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

/** Reads one answer. Pure: strings in, values out; nothing that it is given makes it throw. */
export interface AnswerReader {
  /** The text that the event adds; empty when none. */
  feed(event: SseEvent): string;
  /** Counts events that show progress: pings, empty and unknown ones do not. */
  readonly beats: number;
  /** The stream said that nothing follows. */
  readonly done: boolean;
  /** Why the answer ended was said: all that may follow are counts and the stream's own end. */
  readonly finished: boolean;
  /** `silent`: a second has passed since the finish, so that an end marker which is still missing is not waited for. */
  end(silent?: boolean): Reading;
}

export function createReader(vendor: Vendor): AnswerReader {
  return vendor.format === 'anthropic' ? createAnthropicReader(vendor) : createOpenAiReader(vendor);
}
