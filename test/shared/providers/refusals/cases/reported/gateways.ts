import { anthropic, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OVERLOADED,
  REJECTED,
} from '../wants.ts';

/** Of gateways between, and of servers of one’s own. */
export const GATEWAY_REPORTS: readonly Row[] = [
  [
    'Vercel, no card',
    undefined,
    403,
    openAi('AI Gateway requires a valid credit card on file to service requests.', {
      type: 'customer_verification_required',
    }),
    NO_CREDIT,
  ],
  [
    'a company’s gateway, a pool of money',
    undefined,
    402,
    openAi(
      'Quota has been exhausted. Ask an administrator to increase the limit or select another budget pool.',
    ),
    NO_CREDIT,
  ],
  [
    'LiteLLM, a key’s models',
    undefined,
    401,
    openAi(
      "key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access o3",
      {
        type: 'key_model_access_denied',
        code: '401',
      },
    ),
    NO_ACCESS,
  ],
  [
    'LiteLLM, all of them resting',
    undefined,
    429,
    openAi(
      'No deployments available for selected model, Try again in 5 seconds. Passed model=gpt-4o. pre-call-checks=False',
    ),
    OVERLOADED,
  ],
  [
    'Portkey, a virtual key',
    undefined,
    412,
    { status: 'failure', message: 'Portkey Error: The budget limit for this virtual key has been reached' },
    NO_CREDIT,
  ],
  [
    'a relay, at once',
    undefined,
    429,
    anthropic('rate_limit_error', 'Concurrency limit exceeded for user, please retry later'),
    LIMITED,
  ],
  ['a relay, a field', undefined, 400, { detail: 'Unsupported parameter: max_output_tokens' }, BAD_REQUEST],
  ['Kong, no key', undefined, 401, { message: 'No API key found in request' }, REJECTED],
  ['Kong, not for this key', undefined, 403, { message: 'You cannot consume this service' }, NO_ACCESS],
  [
    'Kong, no route',
    undefined,
    404,
    { message: 'no Route matched with those values', request_id: '1' },
    ADDRESS,
  ],
  [
    'Apigee, a key',
    undefined,
    401,
    { fault: { faultstring: 'Invalid ApiKey', detail: { errorcode: 'oauth.v2.InvalidApiKey' } } },
    REJECTED,
  ],
  [
    'Apigee, a limit',
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
  ['AWS’s gateway, a limit', undefined, 429, { message: 'Limit Exceeded' }, LIMITED],
  [
    'Ollama, it fell over',
    undefined,
    500,
    openAi(
      'model runner has unexpectedly stopped, this may be due to resource limitations or an internal error, check ollama server logs for details',
      { type: 'api_error' },
    ),
    OVERLOADED,
  ],
  [
    'Ollama, a model of its cloud',
    undefined,
    403,
    openAi('this model requires a subscription, upgrade for access: https://ollama.example/upgrade', {
      type: 'api_error',
    }),
    NO_ACCESS,
  ],
  [
    'Ollama, an hour of its cloud',
    undefined,
    429,
    openAi("you've reached your hourly usage limit, please upgrade to continue", { type: 'api_error' }),
    LIMITED,
  ],
  [
    'GPUStack, a prompt',
    undefined,
    400,
    {
      error: {
        code: 400,
        message:
          'Illegal param: prefill 744 tokens exceed n_ctx_per_seq, try increasing total context size, adjusting RoPE or reducing prefill tokens',
        type: 'invalid_request_error',
      },
    },
    CONTEXT,
  ],
  [
    'vLLM, nothing left for an answer',
    undefined,
    400,
    {
      object: 'error',
      message: 'max_tokens must be at least 1, got -186.',
      type: 'BadRequestError',
      code: 400,
    },
    CONTEXT,
  ],
  [
    'SGLang, a prompt',
    undefined,
    400,
    {
      object: 'error',
      message: "The input (9000 tokens) is longer than the model's context length (8192 tokens).",
      type: 'BadRequestError',
      code: 400,
    },
    CONTEXT,
  ],
  [
    'TensorRT-LLM, a prompt',
    undefined,
    400,
    {
      object: 'error',
      message:
        'The sum of prompt length (2078.0) and query length (0) should not exceed max_num_tokens (2048)',
      type: 'BadRequestError',
      code: 400,
    },
    CONTEXT,
  ],
  [
    'Xinference, a model',
    undefined,
    400,
    { detail: 'Model not found in the model list, uid: qwen' },
    NO_MODEL,
  ],
];
