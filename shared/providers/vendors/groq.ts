import type { OpenAiVendor } from '../vendor.ts';

/** Its strict JSON mode cannot be streamed, so that the schema stands in the prompt. Source: console.groq.com/docs. */
export const GROQ: OpenAiVendor = {
  id: 'groq',
  name: 'Groq',
  format: 'openai',
  origin: 'https://api.groq.com',
  fixedOrigin: true,
  path: '/openai/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'gsk_…',
  keysUrl: 'https://console.groq.com/keys',
  sees: 'Groq sees your goal, the plan and the drafts, and your key.',
  headers: {},
  effort: { model: /gpt-oss/, field: 'reasoning_effort' },
  promptCache: [{ model: /gpt-oss|kimi/, leastTokens: 1024, mark: 'by-itself' }],
  requestIdHeaders: ['x-request-id'],
  check: {
    free: { method: 'GET', path: '/openai/v1/models' },
    models: { path: '/openai/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  // 498 is the flex tier's "capacity exceeded"; at Cohere it is a bad token.
  statuses: { 498: 'overloaded' },
  prices: {
    table: 'groq',
    by: 'requested',
    families: [
      { match: /^openai\/gpt-oss-(?:120b|20b)$/, take: 2 },
      { match: /^moonshotai\/kimi-k\d[\w.-]*$/, take: 1 },
      { match: /^qwen\/qwen3[\w.-]*$/, take: 1 },
      { match: /^meta-llama\/llama-4-(?:maverick|scout)[\w.-]*$/, take: 2 },
      { match: /^llama-3\.3-70b-versatile$/, take: 1 },
    ],
  },
  chat: {
    maxTokens: 'max_completion_tokens',
    // Its json_schema mode refuses `stream` (console.groq.com, "Structured Outputs").
    structured: 'json_object',
    schemaInPrompt: true,
    streamOptions: { include_usage: true },
    extra: {},
    // Otherwise their thoughts stand in the answer, and JSON mode is refused.
    extraOf: [{ model: /qwen|deepseek-r1/, extra: { reasoning_format: 'hidden' } }],
  },
};
