import type { GeminiVendor } from '../vendor.ts';

/** Models that send their thoughts when asked to. flash-lite refuses that unless it was told to think, older models always. */
export const THINKING_GEMINI = /^(?:models\/)?gemini-(?:2\.5|[3-9]|\d\d)(?!.*(?:lite|image|tts|live))/;

/**
 * Gemini's own format and not its compatible one, which sends no thoughts, so that nothing shows for minutes, and does not document its
 * finish reasons.
 */
export const GOOGLE: GeminiVendor = {
  id: 'google',
  name: 'Google',
  format: 'gemini',
  origin: 'https://generativelanguage.googleapis.com',
  fixedOrigin: true,
  path: '/v1beta/models/{model}:streamGenerateContent?alt=sse',
  // The key goes into a header, never into `?key=`, which would end in logs and in error URLs.
  auth: { header: 'x-goog-api-key', prefix: '' },
  key: 'required',
  keyHint: 'AQ.… or AIza…',
  keysUrl: 'https://aistudio.google.com/apikey',
  sees: 'Google sees your goal, the plan and the drafts, and your key; on its free tier it may use them to improve its products.',
  headers: {},
  effort: { model: /^(?:models\/)?gemini-(?:[3-9]|\d\d)(?!.*(?:image|tts|live))/, field: 'thinkingLevel' },
  promptCache: [{ model: /^gemini-(?:2\.5|[3-9])/, leastTokens: 2048, mark: 'by-itself' }],
  requestIdHeaders: ['x-request-id'],
  // With some keys the list works and generating is a 403, so the free list does not decide.
  check: { models: { path: '/v1beta/models?pageSize=1000', list: 'models', id: 'name' }, oneToken: 1 },
  prices: {
    table: 'google',
    by: 'requested',
    families: [
      { match: /^gemini-(?:[3-9]|\d\d)[\d.]*-(?:pro|flash|flash-lite)(?:-preview)?$/, take: 8 },
      { match: /^gemini-2\.5-(?:pro|flash|flash-lite)$/, take: 3 },
    ],
  },
  gemini: { thinks: THINKING_GEMINI },
};
