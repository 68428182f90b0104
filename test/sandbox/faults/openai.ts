import { type HttpFault, openAi } from './bodies.ts';

const LIMITED = 'Rate limit reached for requests. Limit: 3 / min. Please try again later.';

export const OPENAI_FAULTS = {
  'openai-400': openAi(
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    { type: 'invalid_request_error', code: 'unsupported_parameter', param: 'max_tokens' },
  ),
  'openai-400-context': openAi(
    400,
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
    { type: 'invalid_request_error', code: 'context_length_exceeded', param: 'messages' },
  ),
  'openai-400-output-limit': openAi(
    400,
    'Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.',
    { type: 'invalid_request_error', code: null },
  ),
  'openai-401': openAi(
    401,
    'Incorrect API key provided: sk-proj-****. You can find your API key at https://platform.openai.com/account/api-keys.',
    { type: 'invalid_request_error', code: 'invalid_api_key' },
  ),
  'openai-403': openAi(403, 'Project `proj_sandbox` does not have access to model `sandbox-1`', {
    type: 'invalid_request_error',
    code: 'model_not_found',
  }),
  'openai-403-region': openAi(403, 'Country, region, or territory not supported', {
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
  }),
  'openai-404': openAi(404, "The model 'gpt-5.2-proo' does not exist or you do not have access to it.", {
    type: 'invalid_request_error',
    code: 'model_not_found',
    param: 'model',
  }),
  'openai-429': openAi(
    429,
    LIMITED,
    { type: 'requests', code: 'rate_limit_exceeded' },
    {
      'retry-after': '2',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '2s',
    },
  ),
  'openai-429-ms': openAi(
    429,
    LIMITED,
    { type: 'requests', code: 'rate_limit_exceeded' },
    {
      'retry-after-ms': '1500',
      'retry-after': '2',
    },
  ),
  'openai-429-date': openAi(
    429,
    LIMITED,
    { type: 'requests', code: 'rate_limit_exceeded' },
    { 'retry-after': '{date+20}' },
  ),
  'openai-429-none': openAi(429, LIMITED, { type: 'tokens', code: 'rate_limit_exceeded' }),
  'openai-429-negative': openAi(
    429,
    LIMITED,
    { type: 'tokens', code: 'rate_limit_exceeded' },
    { 'retry-after': '-5' },
  ),
  'openai-429-forever': openAi(
    429,
    LIMITED,
    { type: 'tokens', code: 'rate_limit_exceeded' },
    {
      'retry-after': '1000000000',
    },
  ),
  'openai-429-quota': openAi(
    429,
    'You exceeded your current quota, please check your plan and billing details.',
    { type: 'insufficient_quota', code: 'insufficient_quota' },
  ),
  'openai-500': openAi(500, 'The server had an error while processing your request. Sorry about that!', {
    type: 'server_error',
    code: null,
  }),
  'openai-503': openAi(
    503,
    'The engine is currently overloaded, please try again later',
    { type: 'server_error', code: null },
    { 'retry-after': '5' },
  ),
} as const satisfies Readonly<Record<string, HttpFault>>;
