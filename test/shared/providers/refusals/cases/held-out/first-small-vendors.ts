import type { Row } from '../refusal-case.ts';
import { CONTEXT, LIMITED, NO_ACCESS, NO_CREDIT, NO_MODEL, OVERLOADED, REJECTED } from '../wants.ts';

/** Judged before they were read, 2026-11-28, first round: vendors of fewer models, and OpenRouter. */
export const FIRST_SMALL_VENDORS: readonly Row[] = [
  ['Mistral, unauthorized', 'mistral', 401, { detail: 'Unauthorized' }, REJECTED],
  [
    'Mistral, model',
    'mistral',
    400,
    {
      object: 'error',
      message: 'Invalid model: mistral-huge',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    NO_MODEL,
  ],
  [
    'Mistral, capacity',
    'mistral',
    429,
    {
      object: 'error',
      message: 'Service tier capacity exceeded for this model.',
      type: 'service_tier_capacity_exceeded',
      code: '3505',
    },
    OVERLOADED,
  ],
  [
    'Groq, terms',
    'groq',
    400,
    {
      error: {
        message:
          'The model `canopylabs/orpheus` requires terms acceptance. Please have the org admin accept the terms.',
        type: 'invalid_request_error',
        code: 'model_terms_required',
      },
    },
    NO_ACCESS,
  ],
  [
    'Groq, model blocked',
    'groq',
    403,
    {
      error: {
        message:
          'The model `openai/gpt-oss-120b` is blocked at the project level. Please have a project admin enable this model.',
        type: 'permissions_error',
        code: 'model_permission_blocked_project',
      },
    },
    NO_ACCESS,
  ],
  [
    'Groq, organization',
    'groq',
    400,
    {
      error: {
        message:
          'Organization has been restricted. Please reach out to support if you believe this was in error.',
        type: 'invalid_request_error',
        code: 'organization_restricted',
      },
    },
    REJECTED,
  ],
  [
    'Cohere, trial',
    'cohere',
    429,
    {
      message:
        'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key.',
    },
    LIMITED,
  ],
  ['Cohere, token', 'cohere', 401, { message: 'no api key supplied' }, REJECTED],
  [
    'Cohere, length',
    'cohere',
    400,
    {
      message:
        'too many tokens: total number of tokens in the prompt cannot exceed 132096 - received 150000.',
    },
    CONTEXT,
  ],
  [
    'Together, model',
    'together',
    400,
    {
      error: {
        message:
          'Unable to access non-serverless model meta-llama/Llama-9. Please visit to create and start a new dedicated endpoint for the model.',
        type: 'invalid_request_error',
        code: 'model_not_available',
      },
    },
    NO_MODEL,
  ],
  [
    'Together, payment',
    'together',
    402,
    {
      error: {
        message: 'Credit limit exceeded, please add a payment method to continue.',
        type: 'credit_limit',
        code: null,
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenRouter, data policy',
    'openrouter',
    404,
    {
      error: {
        message:
          'No endpoints found matching your data policy (Free model publication). Configure: https://openrouter.ai/settings/privacy',
        code: 404,
      },
    },
    NO_MODEL,
  ],
  [
    'OpenRouter, afford',
    'openrouter',
    402,
    {
      error: {
        message:
          'This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 1245.',
        code: 402,
      },
    },
    NO_CREDIT,
  ],
  ['OpenRouter, key off', 'openrouter', 401, { error: { message: 'User not found.', code: 401 } }, REJECTED],
];
