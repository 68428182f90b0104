import type { OpenAiVendor } from '../vendor.ts';

/** The built-in provider without a model. `origin` is where this server's own sandbox listens, put in at start: `{ ...SANDBOX, origin }`. */
export const SANDBOX: OpenAiVendor = {
  id: 'sandbox',
  name: 'Sandbox',
  format: 'openai',
  origin: 'http://127.0.0.1',
  fixedOrigin: true,
  path: '/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'none',
  keyHint: 'No key',
  sees: 'Nothing leaves this server: the sandbox is no real model and writes its drafts by rules.',
  headers: {},
  requestIdHeaders: ['x-request-id'],
  check: { oneToken: 1 },
  prices: {
    table: 'free',
    by: 'requested',
    families: [],
    models: [{ id: 'sandbox-1', name: 'Sandbox (no model)', contextTokens: 200_000 }],
  },
  chat: {
    maxTokens: 'max_completion_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    streamOptions: { include_usage: true },
    extra: {},
  },
};
