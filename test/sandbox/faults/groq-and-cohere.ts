import { cohere, type HttpFault, openAi } from './bodies.ts';

export const GROQ_AND_COHERE_FAULTS = {
  'groq-401': openAi(401, 'Invalid API Key', { type: 'invalid_request_error', code: 'invalid_api_key' }),
  'groq-404': openAi(404, 'The model `sandbox-2` does not exist or you do not have access to it.', {
    type: 'invalid_request_error',
    code: 'model_not_found',
  }),
  'groq-413': openAi(413, 'Request too large for model `sandbox-1`: Limit 6000, Requested 9001', {
    type: 'tokens',
    code: 'rate_limit_exceeded',
  }),
  'groq-429': openAi(
    429,
    'Rate limit reached for model `sandbox-1` on tokens per minute (TPM)',
    { type: 'tokens', code: 'rate_limit_exceeded' },
    {
      'retry-after': '6',
    },
  ),
  'groq-498': openAi(498, 'Flex tier capacity exceeded', {
    type: 'capacity_exceeded',
    code: 'capacity_exceeded',
  }),
  'cohere-401': cohere(401, 'invalid api token'),
  'cohere-404': cohere(
    404,
    "model 'nonexistent' not found, make sure the correct model ID was used and that you have access to the model.",
  ),
  'cohere-422': cohere(422, 'message must be at least 1 token long or tool results must be specified.'),
  'cohere-429': cohere(429, 'You are using a Trial key, which is limited to 20 API calls / minute.', {
    'retry-after': '9',
  }),
  'cohere-498': cohere(498, 'invalid token'),
} as const satisfies Readonly<Record<string, HttpFault>>;
