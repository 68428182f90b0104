import type { Row } from '../refusal-case.ts';
import {
  CONTEXT,
  LIMITED,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  REFUSED,
  REJECTED,
} from '../wants.ts';

/** Judged before they were read, 2026-11-28, fourth round, in the vendors’ manner: vendors of fewer models, and OpenRouter. */
export const FOURTH_SMALL_VENDORS: readonly Row[] = [
  [
    'Mistral, plan',
    'mistral',
    403,
    {
      object: 'error',
      message: 'This model is not part of your subscription.',
      type: 'forbidden',
      code: '3001',
    },
    NO_ACCESS,
  ],
  [
    'Mistral, tokens',
    'mistral',
    400,
    {
      object: 'error',
      message:
        'Prompt contains 140000 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
      type: 'invalid_request_prompt',
      code: '3051',
    },
    CONTEXT,
  ],
  [
    'Groq, day',
    'groq',
    429,
    {
      error: {
        message:
          'Rate limit reached for model `llama` in organization `org_1` on tokens per day (TPD): Limit 100000, Used 99000, Requested 2000.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    LIMITED,
  ],
  [
    'Groq, decommissioned',
    'groq',
    400,
    {
      error: {
        message: 'The model `mixtral-8x7b-32768` has been decommissioned and is no longer supported.',
        type: 'invalid_request_error',
        code: 'model_decommissioned',
      },
    },
    NO_MODEL,
  ],
  [
    'Groq, spend alert',
    'groq',
    400,
    {
      error: {
        message: 'Organization has reached its spend limit. Increase it in the console.',
        type: 'invalid_request_error',
        code: 'blocked_api_access',
      },
    },
    NO_CREDIT,
  ],
  [
    'Cohere, blocked',
    'cohere',
    403,
    { message: 'Your API key is blocked. Contact support@cohere.com.' },
    REJECTED,
  ],
  [
    'Cohere, model',
    'cohere',
    404,
    {
      message:
        "model 'command-z' not found, make sure the correct model ID was used and that you have access to the model.",
    },
    NO_MODEL,
  ],
  [
    'Cohere, output',
    'cohere',
    400,
    {
      message:
        'invalid request: max_tokens must be less than or equal to 4000, the maximum output length for this model',
    },
    OUTPUT,
  ],
  [
    'Together, length',
    'together',
    422,
    {
      error: {
        message:
          'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512 `max_new_tokens`',
        type: 'invalid_request_error',
      },
    },
    CONTEXT,
  ],
  [
    'Together, dynamic limit',
    'together',
    429,
    {
      error: {
        message: 'This request would exceed your dynamic rate limit for this model.',
        type: 'dynamic_request_limited',
      },
    },
    LIMITED,
  ],
  [
    'OpenRouter, moderation',
    'openrouter',
    403,
    {
      error: {
        message: 'Your chosen model requires moderation and your input was flagged',
        code: 403,
        metadata: { reasons: ['violence'], flagged_input: 'x' },
      },
    },
    REFUSED,
  ],
  [
    'OpenRouter, upstream',
    'openrouter',
    502,
    {
      error: {
        message: 'Provider returned error',
        code: 502,
        metadata: { raw: 'upstream connect error or disconnect/reset before headers' },
      },
    },
    OVERLOADED,
  ],
  [
    'OpenRouter, id',
    'openrouter',
    400,
    { error: { message: 'foo/bar is not a valid model ID', code: 400 } },
    NO_MODEL,
  ],
];
