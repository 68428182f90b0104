import { anthropicAnswer, googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const LIMITS: readonly RefusalCase[] = [
  {
    from: 'Mistral',
    status: 429,
    body: {
      object: 'error',
      message: 'Requests rate limit exceeded',
      type: 'rate_limited',
      param: null,
      code: '1300',
    },
    want: 'rate_limited/',
  },
  {
    from: 'Mistral’s shorter form',
    status: 429,
    body: { message: 'Requests rate limit exceeded' },
    want: 'rate_limited/',
  },
  {
    from: 'Azure',
    provider: 'azure',
    status: 429,
    body: {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-12-01 have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 20 seconds.',
      },
    },
    want: 'rate_limited/',
  },
  {
    from: 'Google’s free minute',
    provider: 'google',
    status: 429,
    body: googleArray(
      429,
      'RESOURCE_EXHAUSTED',
      'You exceeded your current quota, please check your plan and billing details. Quota exceeded for metric: generate_content_free_tier_requests, limit: 10',
      [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }],
    ),
    want: 'rate_limited/',
  },
  {
    from: 'Anthropic, of tokens',
    provider: 'anthropic',
    status: 429,
    body: anthropicAnswer(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 30,000 input tokens per minute.',
    ),
    want: 'rate_limited/',
  },
  {
    from: 'Groq, which advertises',
    provider: 'groq',
    status: 429,
    body: openAi(
      'Rate limit reached for model `x` on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try again in 4.77s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    want: 'rate_limited/',
  },
  {
    from: 'OpenRouter, upstream',
    provider: 'openrouter',
    status: 429,
    body: {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          raw: 'google/gemini-3:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits',
          provider_name: 'Google',
        },
      },
    },
    want: 'rate_limited/',
  },
  {
    from: 'Zhipu',
    status: 429,
    body: { error: { code: '1302', message: '您当前使用该API的并发数过高' } },
    want: 'rate_limited/',
  },
  {
    from: 'Bedrock',
    provider: 'bedrock',
    status: 429,
    headers: { 'x-amzn-errortype': 'ThrottlingException' },
    body: { message: 'Too many tokens, please wait before trying again.' },
    want: 'rate_limited/',
  },
  {
    from: 'Cohere’s trial',
    provider: 'cohere',
    status: 429,
    body: {
      message:
        'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key.',
    },
    want: 'rate_limited/',
  },
  { from: 'a plain line', status: 429, body: 'Too Many Requests', want: 'rate_limited/' },
  {
    from: 'an event in place of a body',
    status: 429,
    body: 'event: error\ndata: {"error":{"message":"Rate limit exceeded","code":429}}\n\n',
    want: 'rate_limited/',
  },
];
