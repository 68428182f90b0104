import type { Row } from '../refusal-case.ts';
import { ADDRESS, CONTEXT, LIMITED, LOADING, NO_CREDIT, OVERLOADED, PAGE, REJECTED } from '../wants.ts';

/** Judged before they were read, 2026-11-28, fourth round, in the vendors’ manner: one’s own servers, gateways and boxes on the way. */
export const FOURTH_ON_THE_WAY: readonly Row[] = [
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
