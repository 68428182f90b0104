import type { GeminiVendor } from '../vendor.ts';

/** Tells what it thinks when asked to. flash-lite refuses the question unless it was told to think, older ones always. */
export const THINKING_GEMINI = /^(?:models\/)?gemini-(?:2\.5|[3-9]|\d\d)(?!.*(?:lite|image|tts|live))/;

/**
 * Gemini's own format, not its compatible one: that has neither thoughts, so that minutes of them are silence, nor the reasons for an
 * end in words that are documented.
 */
export const GOOGLE: GeminiVendor = {
  id: 'google',
  name: 'Google',
  format: 'gemini',
  origin: 'https://generativelanguage.googleapis.com',
  fixedOrigin: true,
  path: '/v1beta/models/{model}:streamGenerateContent?alt=sse',
  // A header, never `?key=`, which ends in logs and in error URLs.
  auth: { header: 'x-goog-api-key', prefix: '' },
  key: 'required',
  keyHint: 'AQ.… or AIza…',
  keysUrl: 'https://aistudio.google.com/apikey',
  sees: 'Google sees your goal, the plan and the drafts, and your key; on its free tier it may use them to improve its products.',
  headers: {},
  requestIdHeaders: ['x-request-id'],
  // Keys are known for which the list works and generating is a 403, so the free list does not decide.
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
