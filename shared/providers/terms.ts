/** What a server is asked without, or for less of, since it refused more. */
export interface Terms {
  /** Absent: as the vendor's data has it. `prompt`: only the prompt asks for JSON. */
  readonly structured?: 'json_object' | 'prompt';
  readonly omit: readonly OptionalField[];
  /** The other one of `max_tokens` and `max_completion_tokens`. */
  readonly otherMaxField?: boolean;
  readonly maxOutputTokens?: number;
  /** What a key's plan allows in a minute, and what this call may write of it. Another key has another plan: never learned for others. */
  readonly minute?: { readonly tokens: number; readonly outputTokens: number };
}

/** Fields that an answer can do without. */
export type OptionalField = 'stream_options' | 'store';

export const FULL_TERMS: Terms = { omit: [] };
