import type { OpenAiVendor } from '../vendor.ts';

/** Tells what it thinks when asked to. flash-lite refuses the question unless it was told to think, older ones always. */
export const THINKING_GEMINI = /^(?:models\/)?gemini-(?:2\.5|[3-9]|\d\d)(?!.*(?:lite|image|tts|live))/;

export const GOOGLE: OpenAiVendor = {
  id: 'google',
  name: 'Google',
  format: 'openai',
  origin: 'https://generativelanguage.googleapis.com',
  fixedOrigin: true,
  path: '/v1beta/openai/chat/completions',
  // A header, never `?key=`, which ends in logs and in error URLs.
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'AQ.… or AIza…',
  keysUrl: 'https://aistudio.google.com/apikey',
  sees: 'Google sees your goal, the plan and the drafts, and your key; on its free tier it may use them to improve its products.',
  headers: {},
  requestIdHeaders: ['x-request-id'],
  // Keys are known for which /models works and generating is a 403, so the free list does not decide.
  check: { models: { path: '/v1beta/openai/models', list: 'data', id: 'id' }, oneToken: 1 },
  prices: {
    table: 'google',
    by: 'requested',
    families: [
      { match: /^gemini-[3-9][\d.]*-(?:pro|flash|flash-lite)(?:-preview)?$/, take: 8 },
      { match: /^gemini-2\.5-(?:pro|flash|flash-lite)$/, take: 3 },
    ],
  },
  chat: {
    maxTokens: 'max_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    streamOptions: { include_usage: true },
    extra: {},
  },
};
