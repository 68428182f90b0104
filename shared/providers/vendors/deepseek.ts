import type { OpenAiVendor } from '../vendor.ts';

/** Enforces no schema, so that the schema stands in the prompt. Source: api-docs.deepseek.com. */
export const DEEPSEEK: OpenAiVendor = {
  id: 'deepseek',
  name: 'DeepSeek',
  format: 'openai',
  origin: 'https://api.deepseek.com',
  fixedOrigin: true,
  path: '/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'sk-…',
  keysUrl: 'https://platform.deepseek.com/api_keys',
  sees: 'DeepSeek sees your goal, the plan and the drafts, and your key.',
  headers: {},
  promptCache: [{ model: /^deepseek/, leastTokens: 1024, mark: 'by-itself' }],
  requestIdHeaders: ['x-ds-trace-id'],
  check: {
    free: { method: 'GET', path: '/models' },
    models: { path: '/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'deepseek',
    by: 'requested',
    families: [
      { match: /^deepseek-v(?:[4-9]|\d\d)(?:\.\d+)?(?:-(?:pro|flash))?$/, take: 4 },
      { match: /^deepseek-(?:chat|reasoner)$/, take: 2 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    // `json_schema` is "unavailable now".
    structured: 'json_object',
    schemaInPrompt: true,
    streamOptions: { include_usage: true },
    extra: {},
  },
};
