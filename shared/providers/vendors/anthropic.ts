import { CLAUDE_CACHE } from '../prompt-cache.ts';
import type { AnthropicVendor } from '../vendor.ts';

/**
 * 2026-10-21 removed the sampling parameters, which are never sent here, and nothing else that is used. Source:
 * platform.claude.com, "Versions".
 */
export const ANTHROPIC_VERSION = '2026-10-21';

/** From 4.6 on. Source: platform.claude.com, "Effort". */
const CLAUDE_EFFORT = /^claude-(?:(?:opus|sonnet)-4-[6-9](?!\d)|(?:opus|sonnet|fable|mythos)-[5-9])/;

/** Models that are older than structured outputs get the schema in the prompt. Source: platform.claude.com/docs. */
export const ANTHROPIC: AnthropicVendor = {
  id: 'anthropic',
  name: 'Anthropic',
  format: 'anthropic',
  origin: 'https://api.anthropic.com',
  fixedOrigin: true,
  path: '/v1/messages',
  // The SDK sends a Bearer token with this version. Every version accepts x-api-key.
  auth: { header: 'x-api-key', prefix: '' },
  key: 'required',
  keyHint: 'sk-ant-api03-…',
  keysUrl: 'https://platform.claude.com/settings/keys',
  sees: 'Anthropic sees your goal, the plan and the drafts, and your key.',
  messages: { structured: 'json_schema', promptOnly: /^claude-(?:\d|instant|(?:opus|sonnet)-4-(?:0|20))/ },
  headers: { 'anthropic-version': ANTHROPIC_VERSION },
  requestIdHeaders: ['request-id'],
  effort: { model: CLAUDE_EFFORT, field: 'output_config' },
  promptCache: CLAUDE_CACHE.map((one) => ({ ...one, mark: 'cache_control' })),
  // A page of the list has twenty models unless more are asked for.
  check: {
    free: { method: 'GET', path: '/v1/models?limit=1000' },
    models: { path: '/v1/models?limit=1000', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: {
    table: 'anthropic',
    by: 'requested',
    families: [
      { match: /^claude-(?:opus|sonnet|fable)-(?:[5-9]|\d\d)(?!\d)/, take: 6 },
      { match: /^claude-haiku/, take: 1 },
      { match: /^claude-(?:opus|sonnet)-4-[5-9]/, take: 6 },
    ],
  },
};
