/** How a request differs from the usual one because the server refused that: fields left out, or less asked for. */
export interface Terms {
  /** When absent, as the vendor's data has it. `prompt`: only the prompt asks for JSON. */
  readonly structured?: 'json_object' | 'prompt';
  readonly omit: readonly OptionalField[];
  /** The other one of `max_tokens` and `max_completion_tokens`. */
  readonly otherMaxField?: boolean;
  readonly maxOutputTokens?: number;
  /**
   * What a key's plan allows in a minute, and what this call may write of it. It is never reused for other runs, whose key may have another
   * plan.
   */
  readonly minute?: { readonly tokens: number; readonly outputTokens: number };
}

/** Fields that can be left out without changing the answer. */
export type OptionalField = 'stream_options' | 'store' | 'prompt_cache' | 'effort' | 'reasoning';

/** A request that leaves nothing out, as the first one of a run is sent. */
export const FULL_TERMS: Terms = { omit: [] };
