import type { Row } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  LOADING,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  PAGE,
  REFUSED,
  REJECTED,
  TIMEOUT,
} from '../wants.ts';

/** Forty more in the vendors' manner, judged before they were read: 2026-11-28, fourth round. */
export const HELD_OUT_FOURTH: readonly Row[] = [
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
  [
    'vLLM, context',
    undefined,
    400,
    {
      error: {
        message:
          "This model's maximum context length is 4096 tokens. However, your request has 5000 input tokens. Please reduce the length of the input messages.",
        type: 'BadRequestError',
        code: 400,
      },
    },
    CONTEXT,
  ],
  [
    'LiteLLM, wrapped',
    undefined,
    400,
    {
      error: {
        message:
          'litellm.BadRequestError: OpenAIException - Error code: 400 - credit balance is insufficient',
        type: null,
        code: '400',
      },
    },
    NO_CREDIT,
  ],
  [
    'LiteLLM, expired',
    undefined,
    400,
    {
      error: {
        message: 'Authentication Error, Expired Key. Key Expiry time 2026-01-01',
        type: 'expired_key',
        code: '400',
      },
    },
    REJECTED,
  ],
  [
    'Ollama, memory',
    undefined,
    500,
    { error: 'model requires more system memory (21.0 GiB) than is available (7.4 GiB)' },
    OVERLOADED,
  ],
  ['Ollama, context', undefined, 400, { error: 'the input length exceeds the context length' }, CONTEXT],
  [
    'TGI, loading',
    undefined,
    503,
    { error: 'Model bigscience/bloom is currently loading', estimated_time: 20.0 },
    LOADING,
  ],
  [
    'Cloudflare, 1020',
    'together',
    403,
    '<!doctype html><title>Access denied | api.together.xyz used Cloudflare to restrict access</title><h1>Error 1020</h1>',
    PAGE,
  ],
  [
    'nginx, 404',
    undefined,
    404,
    '<html>\n<head><title>404 Not Found</title></head>\n<body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>',
    ADDRESS,
  ],
  [
    'Apigee, key',
    undefined,
    401,
    { fault: { faultstring: 'Invalid ApiKey', detail: { errorcode: 'oauth.v2.InvalidApiKey' } } },
    REJECTED,
  ],
  [
    'Apigee, quota',
    undefined,
    429,
    {
      fault: {
        faultstring: 'Rate limit quota violation. Quota limit exceeded. Identifier : x',
        detail: { errorcode: 'policies.ratelimit.QuotaViolation' },
      },
    },
    LIMITED,
  ],
];
