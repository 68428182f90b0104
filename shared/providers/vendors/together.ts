import type { OpenAiVendor } from '../vendor.ts';

/** Open models, some of which ignore the schema, which therefore stands in the prompt too. Source: docs.together.ai. */
export const TOGETHER: OpenAiVendor = {
  id: 'together',
  name: 'Together',
  format: 'openai',
  origin: 'https://api.together.xyz',
  fixedOrigin: true,
  path: '/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'tgp_v1_…',
  keysUrl: 'https://api.together.ai/settings/api-keys',
  sees: 'Together sees your goal, the plan and the drafts, and your key.',
  headers: {},
  requestIdHeaders: ['x-request-id', 'cf-ray'],
  check: {
    free: { method: 'GET', path: '/v1/models' },
    models: { path: '/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'together',
    by: 'requested',
    families: [],
    // The price table has these ids only as aliases, or without a size. The rest is in the vendor's own list.
    models: [
      {
        id: 'meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8',
        name: 'Llama 4 Maverick',
        contextTokens: null,
      },
      { id: 'meta-llama/Llama-4-Scout-17B-16E-Instruct', name: 'Llama 4 Scout', contextTokens: null },
      { id: 'meta-llama/Llama-3.3-70B-Instruct-Turbo', name: 'Llama 3.3 70B', contextTokens: 131_072 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    structured: 'json_schema',
    // Some of its models accept the mode and do not keep to the schema.
    schemaInPrompt: true,
    // Usage comes with the last chunk, without being asked for. Source: the types of together-ai 0.52, which know no `stream_options`.
    streamOptions: undefined,
    extra: {},
  },
};
