import { openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import {
  BAD_REQUEST,
  LIMITED,
  LOADING,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OVERLOADED,
  REFUSED,
  REJECTED,
} from '../wants.ts';

/** Of smaller vendors. */
export const SMALL_REPORTS: readonly Row[] = [
  [
    'Cerebras, a minute',
    undefined,
    429,
    {
      message: 'Tokens per minute limit exceeded - too many tokens processed.',
      type: 'too_many_tokens_error',
      param: 'quota',
      code: 'token_quota_exceeded',
    },
    LIMITED,
  ],
  [
    'NVIDIA, a model',
    undefined,
    404,
    { status: 404, title: 'Not Found', detail: "Function '9b2': Not found for account 'x1'" },
    NO_MODEL,
  ],
  [
    'NVIDIA, a model in trouble',
    undefined,
    400,
    { status: 400, title: 'Bad Request', detail: "Function id '9b2': DEGRADED function cannot be invoked" },
    OVERLOADED,
  ],
  [
    'NVIDIA, credits',
    undefined,
    402,
    {
      status: 402,
      title: 'Payment Required',
      detail: "Account 'x1': Cloud credits expired - Please contact NVIDIA representatives",
    },
    NO_CREDIT,
  ],
  [
    'Together, a model for renting',
    undefined,
    400,
    openAi(
      'Unable to access non-serverless model meta/llama-9. Please visit the models page to create and start a new dedicated endpoint for the model.',
      { code: 'model_not_available' },
    ),
    NO_MODEL,
  ],
  [
    'Fireworks, asleep',
    undefined,
    503,
    {
      error: {
        code: 'DEPLOYMENT_SCALING_UP',
        message:
          'Deployment is currently scaled to zero and is scaling up. Please retry your request in a few minutes.',
      },
    },
    LOADING,
  ],
  [
    'Cohere, an empty message',
    undefined,
    400,
    {
      id: '1',
      message: 'invalid request: message must be at least 1 token long or tool results must be specified.',
    },
    BAD_REQUEST,
  ],
  [
    'xAI, a key',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'The API key is currently blocked: xai-...abcd. Unblock it in the console.',
    },
    REJECTED,
  ],
  [
    'xAI, a field',
    'xai',
    400,
    {
      code: 'Client specified an invalid argument',
      error: 'Model grok-4 does not support parameter reasoningEffort.',
    },
    BAD_REQUEST,
  ],
  [
    'xAI, a goal',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        'Content violates usage guidelines. Team: 1, API key ID: 2, Model: grok-4, Failed check: SAFETY_CHECK_TYPE_BIO',
    },
    REFUSED,
  ],
  [
    'Mistral, full',
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
  ['Hugging Face, a token', undefined, 401, { error: 'Invalid username or password.' }, REJECTED],
  [
    'Hugging Face, a token for less',
    undefined,
    403,
    {
      error:
        'This authentication method does not have sufficient permissions to call Inference Providers on behalf of user ada',
    },
    NO_ACCESS,
  ],
  [
    'Perplexity, a key',
    undefined,
    401,
    '<html><head><title>401 Authorization Required</title></head><body><center><h1>401 Authorization Required</h1></center><hr><center>openresty/1.25.3.1</center></body></html>',
    REJECTED,
  ],
  ['DeepInfra, full', undefined, 429, { detail: { error: 'Model busy, retry later' } }, OVERLOADED],
  [
    'Hyperbolic, a model',
    undefined,
    400,
    { object: 'error', message: "allowed models now are ['deepseek-r1', 'llama-3.1-70b']" },
    NO_MODEL,
  ],
  ['AI21, a key', undefined, 401, { detail: 'Forbidden: Bad or missing Apikey/JWT.' }, REJECTED],
  [
    'Scaleway, rights',
    undefined,
    403,
    { message: 'insufficient permissions', type: 'permissions_denied' },
    NO_ACCESS,
  ],
];
