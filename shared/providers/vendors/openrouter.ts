import { CLAUDE_CACHE } from '../prompt-cache.ts';
import type { OpenAiVendor } from '../vendor.ts';

/**
 * Routes to other providers. It is told to keep to those that take every parameter and store no prompts, and not to fall back. Source:
 * openrouter.ai/docs.
 */
export const OPENROUTER: OpenAiVendor = {
  id: 'openrouter',
  name: 'OpenRouter',
  format: 'openai',
  origin: 'https://openrouter.ai',
  fixedOrigin: true,
  path: '/api/v1/chat/completions',
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'sk-or-v1-…',
  keysUrl: 'https://openrouter.ai/settings/keys',
  sees: 'OpenRouter, and the one provider that it picks for the model, see your goal, the plan and the drafts; providers that keep or train on data are excluded.',
  headers: {},
  effort: {
    model:
      /^(?:anthropic\/claude-(?:(?:opus|sonnet)-4\.[6-9]|[a-z]+-[5-9])|openai\/gpt-(?:[5-9]|\d\d|oss)(?!.*(?:pro|chat))|google\/gemini-[3-9])/,
    field: 'reasoning',
  },
  promptCache: [
    ...CLAUDE_CACHE.map((one) => ({ ...one, mark: 'cache_control' as const })),
    // `prompt_cache_options` is none of the parameters that `require_parameters` knows.
    { model: /^(?:openai|deepseek|google|x-ai|moonshotai)\//, leastTokens: 1024, mark: 'by-itself' },
  ],
  requestIdHeaders: ['x-generation-id'],
  check: {
    free: { method: 'GET', path: '/api/v1/key' },
    models: { path: '/api/v1/models/user', list: 'data', id: 'id' },
    // Some upstreams take no fewer than 16.
    oneToken: 16,
  },
  sentences: {
    model_not_found:
      'OpenRouter has no provider for this model that keeps no data and fits its answer to a schema, which are asked for. Choose another model.',
  },
  prices: {
    table: 'openrouter',
    by: 'requested',
    families: [
      { match: /^anthropic\/claude-(?:opus|sonnet|fable)-[\d.]+$/, take: 6 },
      { match: /^anthropic\/claude-haiku-[\d.]+$/, take: 1 },
      { match: /^openai\/gpt-[\d.]+(?:-(?:mini|nano|sol|terra|luna|astra))?$/, take: 8 },
      { match: /^google\/gemini-[\d.]+-(?:pro|flash|flash-lite)(?:-preview)?$/, take: 5 },
      { match: /^x-ai\/grok-[\d.]+(?:-fast)?$/, take: 3 },
      { match: /^deepseek\/deepseek-v[\d.]+(?:-(?:pro|flash))?$/, take: 3 },
      { match: /^mistralai\/mistral-(?:large|medium|small)-[\d.-]+$/, take: 4 },
      { match: /^qwen\/qwen3[\w.-]*$/, take: 4 },
      { match: /^moonshotai\/kimi-k\d[\w.-]*$/, take: 2 },
      { match: /^z-ai\/glm-[\d.]+$/, take: 2 },
      { match: /^openai\/gpt-oss-120b$/, take: 1 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    // Usage always comes, with its cost.
    streamOptions: { include_usage: true },
    extra: {
      // Without require_parameters OpenRouter may pick a provider that ignores the schema. Without the rest it may pick one that stores
      // prompts, or fall back to another one than was asked.
      provider: { require_parameters: true, data_collection: 'deny', zdr: true, allow_fallbacks: false },
    },
  },
};
