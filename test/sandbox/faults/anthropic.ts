import { anthropic, type HttpFault } from './bodies.ts';

export const ANTHROPIC_FAULTS = {
  'anthropic-400': anthropic(400, 'invalid_request_error', 'max_tokens: Field required'),
  'anthropic-400-spend': anthropic(
    400,
    'invalid_request_error',
    'You have reached your specified API usage limits. You will regain access on the first of next month.',
  ),
  'anthropic-401': anthropic(401, 'authentication_error', 'invalid x-api-key'),
  'anthropic-401-cors': anthropic(
    401,
    'authentication_error',
    'CORS requests are not allowed for this Organization because of its data retention settings.',
  ),
  'anthropic-402': anthropic(
    402,
    'billing_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  'anthropic-403': anthropic(
    403,
    'permission_error',
    'Your API key does not have permission to use the specified resource.',
  ),
  'anthropic-404': anthropic(404, 'not_found_error', 'model: claude-does-not-exist'),
  'anthropic-413': anthropic(413, 'request_too_large', 'Request exceeds the maximum size'),
  'anthropic-429': anthropic(
    429,
    'rate_limit_error',
    'This request would exceed your organization’s rate limit.',
    { headers: { 'retry-after': '3' } },
  ),
  'anthropic-429-spend': anthropic(429, 'rate_limit_error', 'Spend limit reached.', {
    details: { error_code: 'enforced_spend_limit_reached' },
  }),
  'anthropic-500': anthropic(500, 'api_error', 'Internal server error'),
  'anthropic-504': anthropic(504, 'timeout_error', 'The request timed out while processing.'),
  'anthropic-529': anthropic(529, 'overloaded_error', 'Overloaded'),
  'anthropic-529-retry': anthropic(529, 'overloaded_error', 'Overloaded', {
    headers: { 'retry-after': '1' },
  }),
} as const satisfies Readonly<Record<string, HttpFault>>;
