export type Format = 'openai' | 'anthropic' | 'responses' | 'gemini' | 'converse';

/** What a stream comes to: what is not named here is not looked at. */
export interface Outcome {
  readonly text?: string;
  readonly finish?: 'stop' | 'length' | 'refusal';
  /** `code/reason` */
  readonly fails?: string;
  readonly retry?: number;
  /** Tokens in and out; null: they are estimated. */
  readonly usage?: readonly [input: number, output: number] | null;
  readonly thoughtChars?: number;
  readonly restarts?: number;
}

export type StreamCase = readonly [
  from: string,
  format: Format,
  bytes: string | readonly Buffer[],
  want: Outcome,
  more?: { readonly json?: boolean },
];

export const DONE = 'data: [DONE]\n\n';
export const BUSY = 'provider_overloaded/';
export const LIMITED = 'rate_limited/';
export const TRUNCATED = 'provider_failed/truncated';
