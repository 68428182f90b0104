import type { OpenAiVendor } from '../vendor.ts';

/**
 * Cohere's compatible API, which refuses `stream_options` and answers a bad key with 200. Source: docs.cohere.com/docs/compatibility-api.
 */
export const COHERE: OpenAiVendor = {
  id: 'cohere',
  name: 'Cohere',
  format: 'openai',
  origin: 'https://api.cohere.ai',
  fixedOrigin: true,
  path: '/compatibility/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: '40 letters and digits',
  keysUrl: 'https://dashboard.cohere.com/api-keys',
  sees: 'Cohere sees your goal, the plan and the drafts, and your key.',
  headers: {},
  requestIdHeaders: ['x-request-id', 'x-debug-trace-id'],
  check: {
    // A bad key gets a 200 too. Only the field `valid` tells it apart.
    free: { method: 'POST', path: '/v1/check-api-key', field: 'valid' },
    models: { path: '/v1/models?endpoint=chat', list: 'models', id: 'name' },
    oneToken: 1,
  },
  statuses: { 498: 'rejected' },
  prices: {
    table: 'cohere',
    by: 'requested',
    families: [],
    // The price table has these ids only as aliases.
    models: [
      { id: 'command-a-03-2025', name: 'Command A', contextTokens: 256_000 },
      { id: 'command-r7b-12-2024', name: 'Command R7B', contextTokens: 128_000 },
      { id: 'command-r-plus-08-2024', name: 'Command R+', contextTokens: 128_000 },
      { id: 'command-r-08-2024', name: 'Command R', contextTokens: 128_000 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    structured: 'json_schema',
    // Unless the prompt asks for JSON too, the model may go on writing to the end of its context.
    schemaInPrompt: true,
    streamOptions: undefined,
    extra: {},
  },
};
