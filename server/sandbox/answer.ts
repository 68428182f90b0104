export const MODEL = 'sandbox-1';

/** What is to be sent, before a wire format has it. */
export interface Answer {
  readonly pieces: readonly string[];
  readonly finish: 'stop' | 'length' | 'refusal' | 'content_filter';
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** In place of the counted usage; `missing`: none is told. */
  readonly usage: Readonly<Record<string, unknown>> | 'missing' | undefined;
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
