import { type HttpFault, openRouter } from './bodies.ts';

export const OPENROUTER_FAULTS = {
  'openrouter-401': openRouter(401, 'No auth credentials found'),
  'openrouter-402': openRouter(
    402,
    'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
  ),
  'openrouter-403': openRouter(
    403,
    'The request was flagged by moderation',
    {},
    { reasons: ['violence'], provider_name: 'Sandbox' },
  ),
  'openrouter-404': openRouter(404, 'No endpoints found for sandbox/none.'),
  'openrouter-408': openRouter(408, 'Request timed out'),
  'openrouter-429': openRouter(
    429,
    'Provider returned error',
    { 'retry-after': '4' },
    {
      provider_name: 'Google',
      raw: 'google/gemini-2.0-flash-exp:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits',
    },
  ),
  'openrouter-502': openRouter(
    502,
    'Provider returned error',
    {},
    { error_type: 'provider_error', provider_name: 'Sandbox', raw: 'upstream connect error' },
  ),
  'openrouter-503': openRouter(503, 'No available model provider meets your routing requirements', {
    'retry-after': '7',
  }),
} as const satisfies Readonly<Record<string, HttpFault>>;
