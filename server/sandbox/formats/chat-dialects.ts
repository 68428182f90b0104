import type { Json } from '../../../shared/providers/read-json.ts';
import type { Dialect } from '../routes.ts';

/** How a vendor's stream departs from OpenAI's, as its recordings show. */
export interface ChatDialect {
  /** Sent before the first chunk. */
  readonly opening: readonly string[];
  /** Fields of every chunk, of every delta and of the first one. */
  readonly chunk: Json;
  readonly delta: Json;
  readonly firstDelta: Json;
  readonly choice: (finish: string | null) => Json;
  /** Beside the three counts of a usage. */
  readonly usageDetails: Json;
  /** Chunks without usage say `usage: null` when usage was asked for. */
  readonly usageNull: boolean;
  /** Fields of the chunk that has the finish reason. */
  readonly lastChunk: (usage: Json, requestId: string) => Json;
  /** The chunk after it; undefined: none. */
  readonly usageChunk: (usage: Json, asked: boolean) => Json | undefined;
}

const OPENAI: ChatDialect = {
  opening: [],
  chunk: { service_tier: 'default', system_fingerprint: 'fp_sandbox' },
  delta: {},
  firstDelta: { refusal: null },
  choice: () => ({}),
  usageDetails: {
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  },
  usageNull: true,
  lastChunk: () => ({}),
  usageChunk: (usage, asked) => (asked ? { choices: [], usage } : undefined),
};

const PLAIN: ChatDialect = { ...OPENAI, chunk: {}, firstDelta: {}, usageNull: false };

const QUEUED = { queue_time: 0.01, prompt_time: 0.01, completion_time: 0.1, total_time: 0.11 };

const GROQ: ChatDialect = {
  ...PLAIN,
  chunk: { system_fingerprint: 'fp_sandbox' },
  usageDetails: { completion_tokens_details: { reasoning_tokens: 0 } },
  lastChunk: (usage, id) => ({
    x_groq: { id, usage: { ...QUEUED, ...usage } },
    usage: { ...QUEUED, ...usage },
  }),
  usageChunk: () => undefined,
};

const OPENROUTER: ChatDialect = {
  ...PLAIN,
  opening: [': OPENROUTER PROCESSING\n\n', ': OPENROUTER PROCESSING\n\n'],
  chunk: { provider: 'Sandbox' },
  delta: { role: 'assistant', content: '' },
  choice: (finish) => ({ native_finish_reason: finish }),
  usageDetails: {
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, image_tokens: 0 },
  },
  // Always, whatever stream_options say; with an empty choice and with its price.
  usageChunk: (usage) => ({
    choices: [
      {
        index: 0,
        delta: { role: 'assistant', content: '' },
        finish_reason: null,
        native_finish_reason: null,
        logprobs: null,
      },
    ],
    usage: {
      ...usage,
      cost: 0,
      is_byok: false,
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_prompt_cost: 0,
        upstream_inference_completions_cost: 0,
      },
    },
  }),
};

const UNFILTERED = [{ prompt_index: 0, content_filter_results: {} }];

const AZURE: ChatDialect = {
  ...OPENAI,
  // A chunk without choices, id and model comes first.
  opening: [
    `data: ${JSON.stringify({ choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: UNFILTERED })}\n\n`,
  ],
  chunk: { system_fingerprint: 'fp_sandbox' },
  choice: () => ({ content_filter_results: {} }),
};

const DIALECTS: Partial<Record<Dialect, ChatDialect>> = {
  openai: OPENAI,
  groq: GROQ,
  openrouter: OPENROUTER,
  azure: AZURE,
};

export function chatDialect(dialect: Dialect): ChatDialect {
  return DIALECTS[dialect] ?? PLAIN;
}
