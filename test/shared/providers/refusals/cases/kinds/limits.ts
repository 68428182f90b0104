import { anthropic, google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { LIMITED, OVERLOADED } from '../wants.ts';

export const LIMITS: readonly Row[] = [
  [
    'OpenAI',
    'openai',
    429,
    openAi(
      'Rate limit reached for gpt-6-sol in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.',
      { code: 'rate_limit_exceeded', type: 'requests' },
    ),
    LIMITED,
    { 'retry-after': '20' },
  ],
  [
    'Anthropic',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 30,000 input tokens per minute (org: x, model: claude-opus-5-5).',
    ),
    LIMITED,
  ],
  [
    'Anthropic, acceleration',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'Number of request tokens has exceeded your rate limit because usage increased too quickly. Please ramp up gradually.',
    ),
    LIMITED,
  ],
  [
    'Google',
    'google',
    429,
    google(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    LIMITED,
  ],
  [
    'Mistral',
    'mistral',
    429,
    {
      object: 'error',
      message: 'Service tier capacity exceeded for this model.',
      type: 'service_tier_capacity_exceeded',
      param: null,
      code: '3505',
    },
    OVERLOADED,
  ],
  ['Mistral, requests', 'mistral', 429, { message: 'Requests rate limit exceeded' }, LIMITED],
  [
    'Bedrock',
    'bedrock',
    429,
    { message: 'Too many tokens per day, please wait before trying again.' },
    LIMITED,
    { 'x-amzn-errortype': 'ThrottlingException' },
  ],
  [
    'Azure',
    'azure',
    429,
    {
      error: {
        code: 'RateLimitReached',
        message:
          'Your requests to gpt-6 for gpt-6 in East US have exceeded the token rate limit for your current OpenAI S0 pricing tier. Please retry after 6 seconds.',
      },
    },
    LIMITED,
  ],
  [
    'Azure’s gateway',
    'azure',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API have exceeded call rate limit of your current pricing tier. Please retry after 1 second.',
      },
    },
    LIMITED,
  ],
  [
    'Cloudflare AI Gateway',
    undefined,
    429,
    { success: false, result: [], messages: [], error: [{ code: 2003, message: 'Rate limited' }] },
    LIMITED,
  ],
  [
    'LiteLLM',
    undefined,
    429,
    openAi(
      'litellm.RateLimitError: No deployments available for selected model, Try again in 5 seconds. Passed model=x.',
      { type: 'None', code: '429' },
    ),
    LIMITED,
  ],
  [
    'Cohere',
    'cohere',
    429,
    {
      message:
        "You are using a Trial key, which is limited to 20 API calls / minute. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'.",
    },
    LIMITED,
  ],
  [
    'Fireworks',
    'fireworks',
    429,
    { error: { code: 'RESOURCE_EXHAUSTED', message: 'rate limit exceeded, please try again later' } },
    LIMITED,
  ],
];
