/** A refusal as a provider sends it. `{date+n}` in a header becomes the HTTP date n seconds from now. */
export interface HttpFault {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;
type Json = Readonly<Record<string, unknown>> | readonly unknown[];

const json = (status: number, body: Json, headers: Headers = {}): HttpFault => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});
const openAi = (
  status: number,
  message: string,
  type: string,
  code: string | null,
  headers?: Headers,
  param: string | null = null,
): HttpFault => json(status, { error: { message, type, param, code } }, headers);
const anthropic = (
  status: number,
  type: string,
  message: string,
  headers?: Headers,
  details?: Json,
): HttpFault =>
  json(
    status,
    {
      type: 'error',
      error: { type, message, ...(details ? { details } : {}) },
      request_id: 'req_011CSandbox0000000000000',
    },
    headers,
  );
const openRouter = (status: number, message: string, headers?: Headers, metadata?: Json): HttpFault =>
  json(
    status,
    { error: { code: status, message, ...(metadata ? { metadata } : {}) }, user_id: 'user_sandbox' },
    headers,
  );
const google = (status: number, state: string, message: string, details?: Json): HttpFault =>
  json(status, { error: { code: status, message, status: state, ...(details ? { details } : {}) } });
const cohere = (status: number, message: string, headers?: Headers): HttpFault =>
  json(status, { id: '8bd5b608-887c-49f7-a6b3-d3bd5830c3de', message }, headers);

const LIMITED = 'Rate limit reached for requests. Limit: 3 / min. Please try again later.';
const RETRY_INFO = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }];
const HTML =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Welcome to the guest network</h1></body></html>';

/**
 * Every refusal of reference bodies that a provider is known to give, by name: vendor, status, kind. What is recorded was
 * taken over word for word, the rest follows the vendors' documentation and SDK types.
 */
export const HTTP_FAULTS = {
  'openai-400': openAi(
    400,
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
    'invalid_request_error',
    'unsupported_parameter',
    {},
    'max_tokens',
  ),
  'openai-400-context': openAi(
    400,
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
    'invalid_request_error',
    'context_length_exceeded',
    {},
    'messages',
  ),
  'openai-400-output-limit': openAi(
    400,
    'Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.',
    'invalid_request_error',
    null,
  ),
  'openai-401': openAi(
    401,
    'Incorrect API key provided: sk-proj-****. You can find your API key at https://platform.openai.com/account/api-keys.',
    'invalid_request_error',
    'invalid_api_key',
  ),
  'openai-403': openAi(
    403,
    'Project `proj_sandbox` does not have access to model `sandbox-1`',
    'invalid_request_error',
    'model_not_found',
  ),
  'openai-403-region': openAi(
    403,
    'Country, region, or territory not supported',
    'request_forbidden',
    'unsupported_country_region_territory',
  ),
  'openai-404': openAi(
    404,
    "The model 'gpt-5.2-proo' does not exist or you do not have access to it.",
    'invalid_request_error',
    'model_not_found',
    {},
    'model',
  ),
  'openai-429': openAi(429, LIMITED, 'requests', 'rate_limit_exceeded', {
    'retry-after': '2',
    'x-ratelimit-remaining-requests': '0',
    'x-ratelimit-reset-requests': '2s',
  }),
  'openai-429-ms': openAi(429, LIMITED, 'requests', 'rate_limit_exceeded', {
    'retry-after-ms': '1500',
    'retry-after': '2',
  }),
  'openai-429-date': openAi(429, LIMITED, 'requests', 'rate_limit_exceeded', { 'retry-after': '{date+20}' }),
  'openai-429-none': openAi(429, LIMITED, 'tokens', 'rate_limit_exceeded'),
  'openai-429-negative': openAi(429, LIMITED, 'tokens', 'rate_limit_exceeded', { 'retry-after': '-5' }),
  'openai-429-forever': openAi(429, LIMITED, 'tokens', 'rate_limit_exceeded', {
    'retry-after': '1000000000',
  }),
  'openai-429-quota': openAi(
    429,
    'You exceeded your current quota, please check your plan and billing details.',
    'insufficient_quota',
    'insufficient_quota',
  ),
  'openai-500': openAi(
    500,
    'The server had an error while processing your request. Sorry about that!',
    'server_error',
    null,
  ),
  'openai-503': openAi(
    503,
    'The engine is currently overloaded, please try again later',
    'server_error',
    null,
    { 'retry-after': '5' },
  ),

  'anthropic-400': anthropic(400, 'invalid_request_error', 'max_tokens: Field required'),
  'anthropic-400-spend': anthropic(
    400,
    'invalid_request_error',
    'You have reached your specified API usage limits. You will regain access on the first of next month.',
  ),
  'anthropic-401': anthropic(401, 'authentication_error', 'invalid x-api-key'),
  'anthropic-401-cors': anthropic(
    401,
    'authentication_error',
    'CORS requests are not allowed for this Organization because of its data retention settings.',
  ),
  'anthropic-402': anthropic(
    402,
    'billing_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  'anthropic-403': anthropic(
    403,
    'permission_error',
    'Your API key does not have permission to use the specified resource.',
  ),
  'anthropic-404': anthropic(404, 'not_found_error', 'model: claude-does-not-exist'),
  'anthropic-413': anthropic(413, 'request_too_large', 'Request exceeds the maximum size'),
  'anthropic-429': anthropic(
    429,
    'rate_limit_error',
    'This request would exceed your organization’s rate limit.',
    { 'retry-after': '3' },
  ),
  'anthropic-429-spend': anthropic(
    429,
    'rate_limit_error',
    'Spend limit reached.',
    {},
    { error_code: 'enforced_spend_limit_reached' },
  ),
  'anthropic-500': anthropic(500, 'api_error', 'Internal server error'),
  'anthropic-504': anthropic(504, 'timeout_error', 'The request timed out while processing.'),
  'anthropic-529': anthropic(529, 'overloaded_error', 'Overloaded'),
  'anthropic-529-retry': anthropic(529, 'overloaded_error', 'Overloaded', { 'retry-after': '1' }),

  'openrouter-401': openRouter(401, 'No auth credentials found'),
  'openrouter-402': openRouter(
    402,
    'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
  ),
  'openrouter-403': openRouter(
    403,
    'The request was flagged by moderation',
    {},
    { reasons: ['violence'], provider_name: 'Sandbox' },
  ),
  'openrouter-404': openRouter(404, 'No endpoints found for sandbox/none.'),
  'openrouter-408': openRouter(408, 'Request timed out'),
  'openrouter-429': openRouter(
    429,
    'Provider returned error',
    { 'retry-after': '4' },
    {
      provider_name: 'Google',
      raw: 'google/gemini-2.0-flash-exp:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits',
    },
  ),
  'openrouter-502': openRouter(
    502,
    'Provider returned error',
    {},
    { error_type: 'provider_error', provider_name: 'Sandbox', raw: 'upstream connect error' },
  ),
  'openrouter-503': openRouter(503, 'No available model provider meets your routing requirements', {
    'retry-after': '7',
  }),

  'google-400-key': google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
    },
  ]),
  'google-401': google(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'),
  'google-403': google(403, 'PERMISSION_DENIED', 'Permission denied on resource project.'),
  'google-404': google(
    404,
    'NOT_FOUND',
    'models/gemini-3.6-flahs is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods.',
  ),
  'google-429': google(
    429,
    'RESOURCE_EXHAUSTED',
    'You exceeded your current quota, please check your plan and billing details.',
    RETRY_INFO,
  ),
  // The OpenAI-compatible endpoint is known to wrap the error in an array.
  'google-429-array': json(429, [
    {
      error: {
        code: 429,
        message: 'Resource has been exhausted (e.g. check quota).',
        status: 'RESOURCE_EXHAUSTED',
        details: RETRY_INFO,
      },
    },
  ]),
  'google-503': google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),

  'groq-401': openAi(401, 'Invalid API Key', 'invalid_request_error', 'invalid_api_key'),
  'groq-404': openAi(
    404,
    'The model `sandbox-2` does not exist or you do not have access to it.',
    'invalid_request_error',
    'model_not_found',
  ),
  'groq-413': openAi(
    413,
    'Request too large for model `sandbox-1`: Limit 6000, Requested 9001',
    'tokens',
    'rate_limit_exceeded',
  ),
  'groq-429': openAi(
    429,
    'Rate limit reached for model `sandbox-1` on tokens per minute (TPM)',
    'tokens',
    'rate_limit_exceeded',
    {
      'retry-after': '6',
    },
  ),
  'groq-498': openAi(498, 'Flex tier capacity exceeded', 'capacity_exceeded', 'capacity_exceeded'),

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

  'azure-400-filter': json(400, {
    error: {
      message:
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      type: null,
      param: 'prompt',
      code: 'content_filter',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: { violence: { filtered: true, severity: 'high' } },
      },
    },
  }),
  'azure-401': json(401, {
    error: {
      code: '401',
      message:
        'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
    },
  }),
  'azure-404': json(404, {
    error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
  }),
  'azure-429': json(
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation have exceeded call rate limit. Please retry after 8 seconds.',
      },
    },
    { 'retry-after': '8', 'retry-after-ms': '8000' },
  ),

  'bedrock-400': json(
    400,
    { message: 'The provided model identifier is invalid.' },
    { 'x-amzn-errortype': 'ValidationException' },
  ),
  'bedrock-403': json(
    403,
    { message: 'The security token included in the request is invalid.' },
    { 'x-amzn-errortype': 'UnrecognizedClientException' },
  ),
  'bedrock-429': json(
    429,
    { message: 'Too many requests, please wait before trying again.' },
    { 'x-amzn-errortype': 'ThrottlingException' },
  ),

  'llama-503': json(503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }),
  'html-200': { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: HTML },
  'html-502': {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
  },
  'json-error-200': json(200, {
    error: {
      message: 'The server had an error while processing your request.',
      type: 'server_error',
      param: null,
      code: null,
    },
  }),
  'json-200': json(200, { id: 'chatcmpl-x', object: 'chat.completion', choices: [] }),
  'empty-200': { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' },
  'empty-204': { status: 204, headers: {}, body: '' },
  'wrong-type-200': {
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: 'It works!\n',
  },
} as const satisfies Readonly<Record<string, HttpFault>>;

export type HttpFaultName = keyof typeof HTTP_FAULTS;
