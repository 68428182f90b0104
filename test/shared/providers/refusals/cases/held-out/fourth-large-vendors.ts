import type { Row } from '../refusal-case.ts';
import {
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  REJECTED,
  TIMEOUT,
} from '../wants.ts';

/** Judged before they were read, 2026-11-28, fourth round, in the vendors’ manner: OpenAI, Azure, Anthropic and Gemini. */
export const FOURTH_LARGE_VENDORS: readonly Row[] = [
  [
    'OpenAI, mistyped project',
    'openai',
    401,
    {
      error: {
        message: 'OpenAI-Project header should match project for API key',
        type: 'invalid_request_error',
        code: 'mismatched_project',
      },
    },
    REJECTED,
  ],
  [
    'OpenAI, deleted key',
    'openai',
    401,
    {
      error: {
        message: 'This API key was deleted by an organization owner.',
        type: 'invalid_request_error',
        code: 'key_deleted',
      },
    },
    REJECTED,
  ],
  [
    'OpenAI, tier',
    'openai',
    403,
    {
      error: {
        message: 'Your usage tier does not include o9-pro. Reach tier 4 to use it.',
        type: 'invalid_request_error',
        code: 'tier_required',
      },
    },
    NO_ACCESS,
  ],
  [
    'OpenAI, reasoning cut',
    'openai',
    400,
    {
      error: {
        message: 'Invalid value for max_output_tokens: 500000 exceeds the maximum of 128000 for this model.',
        param: 'max_output_tokens',
        code: 'integer_above_max_value',
      },
    },
    OUTPUT,
  ],
  [
    'OpenAI, temperature',
    'openai',
    400,
    {
      error: {
        message:
          "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
        param: 'temperature',
        code: 'unsupported_value',
      },
    },
    BAD_REQUEST,
  ],
  [
    'Azure, deployment',
    'azure',
    404,
    {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    },
    NO_MODEL,
  ],
  [
    'Azure, rate',
    'azure',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation have exceeded token rate limit of your current AIServices S0 pricing tier. Please retry after 7 seconds.',
      },
    },
    LIMITED,
  ],
  [
    'Azure, quota off',
    'azure',
    403,
    {
      error: {
        code: 'SubscriptionDisabled',
        message: 'The subscription is disabled and therefore marked as read only.',
      },
    },
    NO_CREDIT,
  ],
  [
    'Anthropic, key form',
    'anthropic',
    401,
    { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } },
    REJECTED,
  ],
  [
    'Anthropic, long',
    'anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: 'prompt is too long: 212345 tokens > 200000 maximum' },
    },
    CONTEXT,
  ],
  [
    'Anthropic, thinking',
    'anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message: '`max_tokens` must be greater than `thinking.budget_tokens`.',
      },
    },
    BAD_REQUEST,
  ],
  [
    'Anthropic, output',
    'anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'max_tokens: 70000 > 64000, which is the maximum allowed number of output tokens for claude-sonnet-5',
      },
    },
    OUTPUT,
  ],
  [
    'Anthropic, deprecated field',
    'anthropic',
    400,
    {
      type: 'error',
      error: { type: 'invalid_request_error', message: '`temperature` is deprecated for this model.' },
    },
    BAD_REQUEST,
  ],
  [
    'Gemini, key leaked',
    'google',
    403,
    {
      error: {
        code: 403,
        message: 'Your API key was reported as leaked. Please use another API key.',
        status: 'PERMISSION_DENIED',
      },
    },
    REJECTED,
  ],
  [
    'Gemini, expired',
    'google',
    400,
    {
      error: {
        code: 400,
        message: 'API key expired. Please renew the API key.',
        status: 'INVALID_ARGUMENT',
        details: [{ reason: 'API_KEY_INVALID' }],
      },
    },
    REJECTED,
  ],
  [
    'Gemini, model',
    'google',
    404,
    {
      error: {
        code: 404,
        message:
          'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent.',
        status: 'NOT_FOUND',
      },
    },
    NO_MODEL,
  ],
  [
    'Gemini, busy',
    'google',
    503,
    {
      error: {
        code: 503,
        message: 'This model is currently experiencing high demand. Spikes in demand are usually temporary.',
        status: 'UNAVAILABLE',
      },
    },
    OVERLOADED,
  ],
  [
    'Gemini, deadline',
    'google',
    504,
    {
      error: {
        code: 504,
        message: 'Deadline expired before operation could complete.',
        status: 'DEADLINE_EXCEEDED',
      },
    },
    TIMEOUT,
  ],
];
