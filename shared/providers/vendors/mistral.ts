import type { OpenAiVendor } from '../vendor.ts';

/** Refuses every field that it does not know, with a 422: `stream_options` and `max_completion_tokens` among them. Usage always comes. */
export const MISTRAL: OpenAiVendor = {
  id: 'mistral',
  name: 'Mistral',
  format: 'openai',
  origin: 'https://api.mistral.ai',
  fixedOrigin: true,
  path: '/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: '32 letters and digits',
  keysUrl: 'https://console.mistral.ai/api-keys',
  sees: 'Mistral sees your goal, the plan and the drafts, and your key.',
  headers: {},
  requestIdHeaders: ['mistral-correlation-id', 'x-request-id'],
  check: {
    free: { method: 'GET', path: '/v1/models' },
    models: { path: '/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'mistral',
    by: 'requested',
    families: [
      { match: /^mistral-large-2[5-9]\d\d$/, take: 2 },
      { match: /^mistral-medium-\d-\d$/, take: 1 },
      { match: /^mistral-small-2[6-9]\d\d$/, take: 2 },
      { match: /^ministral-\d+b-2[5-9]\d\d$/, take: 3 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    streamOptions: undefined,
    extra: {},
  },
};
