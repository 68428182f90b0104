import { openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { BAD_REQUEST, CONTEXT, LIMITED, NO_CREDIT, NO_MODEL, OUTPUT, OVERLOADED, REFUSED } from '../wants.ts';

/** Mistral, xAI, DeepSeek, Together, Fireworks, Cohere and smaller ones. */
export const OTHER_VENDORS: readonly Row[] = [
  [
    'Mistral, a tier that has no capacity left',
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
  [
    'Mistral, a prompt above its context',
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
    'xAI, a team without money',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        "Your newly created team doesn't have any credits or licenses yet. You can purchase those on https://console.x.ai/team/x.",
    },
    NO_CREDIT,
  ],
  [
    'xAI, a model that is not for this team',
    'xai',
    404,
    {
      code: 'Some requested entity was not found',
      error:
        'The model grok-9 does not exist or your team x does not have access to it. Please ensure you are using the correct model.',
    },
    NO_MODEL,
  ],
  [
    'xAI, content',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        'Content violates usage guidelines. Team: x, API key ID: y, Model: grok-5, Failed check: SAFETY_CHECK_TYPE_BIO',
    },
    REFUSED,
  ],
  [
    'DeepSeek, a parameter above its range',
    'deepseek',
    400,
    openAi('Invalid max_tokens value, the valid range of max_tokens is [1, 8192]'),
    OUTPUT,
  ],
  [
    'DeepSeek, the servers are full',
    'deepseek',
    503,
    {
      error: {
        message:
          'Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.',
        type: 'service_unavailable_error',
      },
    },
    OVERLOADED,
  ],
  [
    'Together, prompt and output are too much',
    'together',
    422,
    openAi(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 8000 `inputs` tokens and 4096 `max_new_tokens`',
    ),
    CONTEXT,
  ],
  [
    'Together, a model that is not serverless',
    'together',
    400,
    openAi(
      'Unable to access non-serverless model meta-llama/Llama-9. Please visit https://api.together.ai/models/x to create and start a new dedicated endpoint for the model.',
      { code: 'model_not_available' },
    ),
    NO_MODEL,
  ],
  [
    'Together, dynamic limit',
    'together',
    429,
    openAi(
      'You have reached the rate limit specific to this model meta-llama/x. The maximum rate limit for this model is 6.0 queries and 180000 tokens per minute.',
      { type: 'model_rate_limit' },
    ),
    LIMITED,
  ],
  [
    'Fireworks, an account in arrears',
    'fireworks',
    412,
    {
      error: {
        object: 'error',
        type: 'precondition_failed',
        code: 'precondition_failed',
        message:
          'Account x is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.',
      },
    },
    NO_CREDIT,
  ],
  [
    'Fireworks, streams only above its limit',
    'fireworks',
    400,
    {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message: 'Requests with max_tokens > 4096 must have stream=true',
      },
    },
    BAD_REQUEST,
  ],
  [
    'Cohere, a trial key’s month',
    'cohere',
    429,
    {
      message:
        'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits.',
    },
    LIMITED,
  ],
  [
    'Cohere, a model that was removed',
    'cohere',
    404,
    {
      id: 'x',
      message:
        "model 'command' was removed on September 15, 2025. See https://docs.cohere.com/docs/deprecations for how to migrate.",
    },
    NO_MODEL,
  ],
  [
    'Mistral, a field that it forbids',
    'mistral',
    422,
    {
      object: 'error',
      message: {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'stream_options'],
            msg: 'Extra inputs are not permitted',
            input: {},
          },
        ],
      },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    BAD_REQUEST,
  ],
  [
    'Mistral, a workspace without a subscription',
    'mistral',
    402,
    {
      object: 'error',
      message: 'You need to activate a subscription to use this API.',
      type: 'payment_required',
      code: '1920',
    },
    NO_CREDIT,
  ],
  [
    'Hugging Face, credits of the month',
    undefined,
    402,
    {
      error:
        'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.',
    },
    NO_CREDIT,
  ],
  [
    'GitHub Models, a prompt above its size',
    undefined,
    413,
    {
      error: {
        code: 'tokens_limit_reached',
        message: 'Request body too large for gpt-6 model. Max size: 8000 tokens.',
        details: 'Request body too large for gpt-6 model. Max size: 8000 tokens.',
      },
    },
    CONTEXT,
  ],
  [
    'Perplexity, a wrong model',
    undefined,
    400,
    openAi(
      "Invalid model 'sonar-9'. Permitted models can be found in the documentation at https://docs.perplexity.ai/guides/model-cards.",
      { type: 'invalid_model', code: 400 },
    ),
    NO_MODEL,
  ],
  [
    'Cerebras, a queue that is full',
    undefined,
    429,
    {
      message: "We're experiencing high traffic right now! Please try again soon.",
      type: 'too_many_requests_error',
      param: 'queue',
      code: 'queue_exceeded',
    },
    OVERLOADED,
  ],
];
