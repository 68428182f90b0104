/** In the lists of models; whatever other model is asked for, answers under its own name. */
export const MODEL = 'sandbox-1';

/** What is to be sent, before a wire format has it. */
export interface Answer {
  readonly pieces: readonly string[];
  readonly finish: 'stop' | 'length' | 'refusal' | 'content_filter' | 'tool_calls';
  /** As it was asked for. */
  readonly model: string;
  /** So many times the same answer, where the format has several. */
  readonly choices: number;
  /** Before which of the caller's texts it stopped. */
  readonly stopSequence: string | null;
  /** The pieces are the arguments of this call, and no text. */
  readonly tool: { readonly id: string; readonly name: string } | undefined;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In place of the counted usage; `missing`: none is told. */
  readonly usage: Readonly<Record<string, unknown>> | 'missing' | undefined;
  /** Fields of the request that the answer repeats, where the format does. */
  readonly echo: Readonly<Record<string, unknown>>;
  readonly id: string;
  readonly requestId: string;
  readonly createdSeconds: number;
}

/** One event of a stream. `paced`: a piece of text, which takes its time; the others follow at once. */
export interface Frame {
  /** Text, or for Converse a binary frame. */
  readonly bytes: string | Buffer;
  readonly paced: boolean;
}
