import type { Row } from '../refusal-case.ts';
import { LIMITED, NO_ACCESS, NO_CREDIT, NO_MODEL, OVERLOADED, REJECTED } from '../wants.ts';

/** Of clouds that serve the models of others. */
export const PLATFORM_REPORTS: readonly Row[] = [
  [
    'Databricks, a token',
    undefined,
    403,
    { error_code: 403, message: 'Invalid access token. [ReqId: 1b4e28ba]' },
    REJECTED,
  ],
  [
    'Databricks, a limit',
    undefined,
    429,
    {
      error_code: 'REQUEST_LIMIT_EXCEEDED',
      message:
        'REQUEST_LIMIT_EXCEEDED: Exceeded workspace input tokens per minute rate limit for this endpoint.',
    },
    LIMITED,
  ],
  [
    'Databricks, an endpoint',
    undefined,
    404,
    {
      error_code: 'ENDPOINT_NOT_FOUND',
      message:
        'The given endpoint does not exist, please retry after checking the specified model and version deployment exists.',
    },
    NO_MODEL,
  ],
  [
    'Snowflake, a token',
    undefined,
    401,
    { code: '390303', message: 'Invalid OAuth access token.' },
    REJECTED,
  ],
  ['Snowflake, a model', undefined, 400, { message: 'unknown model "llama9"', request_id: 'x' }, NO_MODEL],
  [
    'watsonx, a token',
    undefined,
    401,
    {
      errors: [
        {
          code: 'authentication_token_expired',
          message: 'Failed to authenticate the request due to an expired token',
        },
      ],
    },
    REJECTED,
  ],
  [
    'watsonx, its plan',
    undefined,
    403,
    {
      errors: [
        {
          code: 'token_quota_reached',
          message: 'This instance has used all its token quota. Update your plan.',
        },
      ],
    },
    NO_CREDIT,
  ],
  [
    'watsonx, a model',
    undefined,
    404,
    {
      errors: [
        { code: 'model_not_supported', message: "Model 'granite-9' is not supported for this environment" },
      ],
    },
    NO_MODEL,
  ],
  [
    'Cloudflare, full',
    undefined,
    429,
    {
      errors: [{ message: 'AiError: Capacity temporarily exceeded, please try again.', code: 3040 }],
      success: false,
    },
    OVERLOADED,
  ],
  [
    'Cloudflare, a day',
    undefined,
    429,
    {
      errors: [
        {
          message:
            'AiError: you have used up your daily free allocation of 10,000 neurons, please upgrade to the Workers Paid plan',
          code: 4006,
        },
      ],
    },
    LIMITED,
  ],
  [
    'Cloudflare, a token',
    undefined,
    401,
    { errors: [{ message: 'Authentication error', code: 10000 }] },
    REJECTED,
  ],
  [
    'Cloudflare, a model',
    undefined,
    400,
    { errors: [{ message: 'AiError: No such model @cf/meta/llama-9 or task', code: 5007 }] },
    NO_MODEL,
  ],
  [
    'GitHub, a token without the permission',
    undefined,
    401,
    {
      error: { code: 'unauthorized', message: 'The `models` permission is required to access this endpoint' },
    },
    NO_ACCESS,
  ],
  [
    'GitHub, a minute',
    undefined,
    429,
    {
      error: {
        code: 'RateLimitReached',
        message:
          'Rate limit of 15 per 60s exceeded for UserByModelByMinute. Please wait 32 seconds before retrying.',
      },
    },
    LIMITED,
  ],
  [
    'GitHub, a model',
    undefined,
    403,
    { error: { code: 'no_access', message: 'No access to model: o3' } },
    NO_ACCESS,
  ],
];
