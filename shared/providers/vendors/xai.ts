import type { OpenAiVendor } from '../vendor.ts';

/** Grok models, by chat completions that enforce the schema. Source: docs.x.ai. */
export const XAI: OpenAiVendor = {
  id: 'xai',
  name: 'xAI',
  format: 'openai',
  origin: 'https://api.x.ai',
  fixedOrigin: true,
  path: '/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'xai-…',
  keysUrl: 'https://console.x.ai',
  sees: 'xAI sees your goal, the plan and the drafts, and your key.',
  headers: {},
  promptCache: [{ model: /^grok/, leastTokens: 1024, mark: 'by-itself' }],
  requestIdHeaders: ['x-request-id'],
  check: {
    free: { method: 'GET', path: '/v1/models' },
    models: { path: '/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'x-ai',
    by: 'requested',
    families: [
      { match: /^grok-\d\.\d$/, take: 3 },
      { match: /^grok-4-1-fast-(?:non-)?reasoning$/, take: 2 },
      { match: /^grok-code-fast-1$/, take: 1 },
    ],
  },
  chat: {
    maxTokens: 'max_completion_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    streamOptions: { include_usage: true },
    extra: {},
  },
};
