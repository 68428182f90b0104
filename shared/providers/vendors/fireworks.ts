import type { OpenAiVendor } from '../vendor.ts';

/** Models have names of the form `accounts/fireworks/models/…`. Source: docs.fireworks.ai. */
export const FIREWORKS: OpenAiVendor = {
  id: 'fireworks',
  name: 'Fireworks',
  format: 'openai',
  origin: 'https://api.fireworks.ai',
  fixedOrigin: true,
  path: '/inference/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'fw_…',
  keysUrl: 'https://app.fireworks.ai/settings/users/api-keys',
  sees: 'Fireworks sees your goal, the plan and the drafts, and your key.',
  headers: {},
  requestIdHeaders: ['x-request-id'],
  check: {
    free: { method: 'GET', path: '/inference/v1/models' },
    models: { path: '/inference/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'fireworks',
    by: 'requested',
    families: [],
    // The price table has these ids only as aliases.
    models: [
      { id: 'accounts/fireworks/models/kimi-k3', name: 'Kimi K3', contextTokens: 1_040_000 },
      { id: 'accounts/fireworks/models/glm-5p2', name: 'GLM-5.2', contextTokens: 1_040_000 },
      { id: 'accounts/fireworks/models/deepseek-v4-pro', name: 'DeepSeek V4 Pro', contextTokens: 1_048_576 },
      { id: 'accounts/fireworks/models/minimax-m3', name: 'MiniMax M3', contextTokens: 524_288 },
      { id: 'accounts/fireworks/models/gpt-oss-120b', name: 'gpt-oss-120b', contextTokens: 131_072 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    structured: 'json_schema',
    schemaInPrompt: true,
    // Usage comes with the chunk that has the finish, without being asked for. Output that exceeds the context is cut, not refused.
    // Source: docs.fireworks.ai, OpenAI compatibility.
    streamOptions: undefined,
    extra: {},
  },
};
