/** What providers were seen to answer, and what the user must be told. `lab` is an operator's endpoint. */
export interface RefusalCase {
  /** Who answers like that; `provider` is the catalogue's vendor that it is read as. */
  readonly from: string;
  readonly provider?: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** `code/reason` of the contract. */
  readonly want: string;
}

const openAi = (message: string, more: object = {}): object => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...more },
});
const google = (code: number, status: string, message: string, details: readonly object[] = []): object => [
  { error: { code, message, status, details } },
];
const anthropic = (type: string, message: string): object => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
});

const KEY: readonly RefusalCase[] = [
  {
    from: 'OpenAI without a key',
    provider: 'openai',
    status: 401,
    body: openAi(
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.",
    ),
    want: 'key_rejected/',
  },
  {
    from: 'DeepSeek',
    status: 401,
    body: openAi('Authentication Fails, Your api key: ****6f2b is invalid', { type: 'authentication_error' }),
    want: 'key_rejected/',
  },
  {
    from: 'xAI at 400',
    status: 400,
    body: { code: 'invalid-argument', error: 'Incorrect API key provided. Please check your API key.' },
    want: 'key_rejected/',
  },
  {
    from: 'Google’s newer words',
    provider: 'google',
    status: 400,
    body: google(400, 'INVALID_ARGUMENT', 'API Key not found. Please pass a valid API key.'),
    want: 'key_rejected/',
  },
  {
    from: 'Google without a key',
    provider: 'google',
    status: 403,
    body: google(
      403,
      'PERMISSION_DENIED',
      "Method doesn't allow unregistered callers (callers without established identity).",
    ),
    want: 'key_rejected/',
  },
  {
    from: 'Google for an OAuth token',
    provider: 'google',
    status: 401,
    body: google(
      401,
      'UNAUTHENTICATED',
      'Request had invalid authentication credentials. Expected OAuth 2 access token.',
    ),
    want: 'key_rejected/',
  },
  {
    from: 'Bedrock, expired',
    provider: 'bedrock',
    status: 403,
    headers: { 'x-amzn-errortype': 'ExpiredTokenException' },
    body: { message: 'The security token included in the request is expired' },
    want: 'key_rejected/',
  },
  {
    from: 'Bedrock, bearer',
    provider: 'bedrock',
    status: 403,
    body: { Message: 'Authentication failed: Please make sure your API Key is valid.' },
    want: 'key_rejected/',
  },
  {
    from: 'AWS’s type in the body',
    provider: 'bedrock',
    status: 403,
    body: {
      __type: 'com.amazon.coral.service#UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    },
    want: 'key_rejected/',
  },
  {
    from: 'LiteLLM',
    status: 401,
    body: {
      error: {
        message:
          'Authentication Error, Invalid proxy server token passed. Received API Key = sk-...abcd, Key Hash (Token) =ab12',
        type: 'auth_error',
        param: 'None',
        code: '401',
      },
    },
    want: 'key_rejected/',
  },
  {
    from: 'OpenRouter',
    provider: 'openrouter',
    status: 401,
    body: { error: { message: 'User not found.', code: 401 } },
    want: 'key_rejected/',
  },
  {
    from: 'Azure’s gateway',
    provider: 'azure',
    status: 401,
    body: {
      statusCode: 401,
      message:
        'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
    },
    want: 'key_rejected/',
  },
  {
    from: 'Azure at 400',
    status: 400,
    body: {
      error: { code: '400', message: 'Access denied due to invalid subscription key or wrong API endpoint.' },
    },
    want: 'key_rejected/',
  },
  {
    from: 'Together',
    status: 401,
    body: {
      id: 'nq1',
      error: {
        message:
          'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    },
    want: 'key_rejected/',
  },
  {
    from: 'Cerebras',
    status: 401,
    body: {
      message: 'Wrong API Key',
      type: 'invalid_request_error',
      param: 'api_key',
      code: 'wrong_api_key',
    },
    want: 'key_rejected/',
  },
  {
    from: 'DashScope’s own format',
    status: 401,
    body: { code: 'InvalidApiKey', message: 'Invalid API-key provided.', request_id: 'x' },
    want: 'key_rejected/',
  },
  {
    from: 'MiniMax with a 200',
    status: 200,
    body: { base_resp: { status_code: 2049, status_msg: 'invalid api key' } },
    want: 'key_rejected/',
  },
  { from: 'a plain line', status: 401, body: 'Unauthorized', want: 'key_rejected/' },
  {
    from: 'Groq, restricted',
    provider: 'groq',
    status: 400,
    body: openAi(
      'Organization has been restricted. Please reach out to support if you believe this was in error.',
      { code: 'organization_restricted' },
    ),
    want: 'key_rejected/',
  },
  {
    from: 'Anthropic, a disabled account',
    provider: 'anthropic',
    status: 403,
    body: anthropic(
      'permission_error',
      'Your account has been disabled after an automatic review of your recent activities.',
    ),
    want: 'key_rejected/',
  },
  {
    from: 'Anthropic, a disabled organisation at 400',
    provider: 'anthropic',
    status: 400,
    body: anthropic('invalid_request_error', 'This organization has been disabled.'),
    want: 'key_rejected/',
  },
  {
    from: 'a gateway at 500',
    status: 500,
    body: openAi(
      'litellm.AuthenticationError: OpenAIException - Incorrect API key provided: sk-proj-****abcd.',
    ),
    want: 'key_rejected/',
  },
  {
    from: 'Cloudflare’s API',
    status: 403,
    body: {
      success: false,
      errors: [{ code: 10000, message: 'Authentication error' }],
      messages: [],
      result: null,
    },
    want: 'key_rejected/',
  },
];

const CREDIT: readonly RefusalCase[] = [
  {
    from: 'OpenAI',
    provider: 'openai',
    status: 429,
    body: openAi('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    }),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'OpenAI’s words without its code',
    status: 429,
    body: openAi('You exceeded your current quota, please check your plan and billing details.', {
      type: 'error',
    }),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Perplexity at 401',
    status: 401,
    body: openAi('You exceeded your current quota, please check your plan and billing details.', {
      type: 'insufficient_quota',
      code: 401,
    }),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Anthropic, usage limits',
    provider: 'anthropic',
    status: 400,
    body: anthropic(
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'xAI at 429',
    status: 429,
    body: {
      code: 'Some resource has been exhausted',
      error:
        'Your team 1b2c has either used all available credits or reached its monthly spending limit. To continue making API requests, please purchase more credits.',
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Moonshot',
    status: 429,
    body: {
      error: {
        message:
          'Your account org-1 <ak-f8tyo15zao8111h11q4i> is suspended due to insufficient balance, please recharge your account or check your plan and billing details',
        type: 'exceeded_current_quota_error',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Fireworks at 412',
    status: 412,
    body: {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message:
          'Account acme is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'SiliconFlow',
    status: 403,
    body: { code: 30001, message: 'Sorry, your account balance is insufficient', data: null },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Zhipu',
    status: 429,
    body: { error: { code: '1113', message: '余额不足或无可用资源包,请充值。' } },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'DashScope',
    status: 400,
    body: {
      error: {
        code: 'Arrearage',
        message: 'Access denied, please make sure your account is in good standing.',
        type: 'Arrearage',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Hugging Face',
    status: 402,
    body: {
      error:
        'You have exceeded your monthly included credits for Inference Providers. Subscribe to PRO to get 20x more monthly included credits.',
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'LiteLLM’s budget at 400',
    status: 400,
    body: {
      error: {
        message: 'Budget has been exceeded! Current cost: 10.2, Max budget: 10.0',
        type: 'budget_exceeded',
        param: null,
        code: '400',
      },
    },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Novita',
    status: 403,
    body: { code: 403, reason: 'NOT_ENOUGH_BALANCE', message: 'not enough balance' },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'Google, billing',
    provider: 'google',
    status: 403,
    body: google(
      403,
      'PERMISSION_DENIED',
      'This API method requires billing to be enabled. Please enable billing on project #1 by visiting https://console.developers.google.com/billing.',
    ),
    want: 'key_rejected/no_credit',
  },
  {
    from: 'MiniMax with a 200',
    status: 200,
    body: { base_resp: { status_code: 1008, status_msg: 'insufficient balance' } },
    want: 'key_rejected/no_credit',
  },
  {
    from: 'OpenRouter, wrapped',
    provider: 'openrouter',
    status: 429,
    body: {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          provider_name: 'Moonshot',
          raw: '{"error":{"message":"Your account is suspended due to insufficient balance","type":"exceeded_current_quota_error"}}',
        },
      },
    },
    want: 'key_rejected/no_credit',
  },
  { from: 'a plain 402', status: 402, body: '', want: 'key_rejected/no_credit' },
];

const ACCESS: readonly RefusalCase[] = [
  {
    from: 'OpenAI, scopes at 401',
    provider: 'openai',
    status: 401,
    body: openAi(
      'You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role in your organization.',
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, a country',
    provider: 'openai',
    status: 403,
    body: openAi('Country, region, or territory not supported', {
      type: 'request_forbidden',
      code: 'unsupported_country_region_territory',
    }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, an address',
    provider: 'openai',
    status: 401,
    body: openAi('Your IP is not authorized to access this resource: 203.0.113.7.', {
      code: 'ip_not_authorized',
    }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, a project',
    provider: 'openai',
    status: 403,
    body: openAi('Project `proj_1` does not have access to model `gpt-6-sol`', { code: 'model_not_found' }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenAI, verification for summaries',
    provider: 'openai',
    status: 400,
    body: openAi('Your organization must be verified to generate reasoning summaries.', {
      param: 'reasoning.summary',
      code: 'unsupported_value',
    }),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Google, an API that is off',
    provider: 'google',
    status: 403,
    body: google(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/',
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Google, a referer',
    provider: 'google',
    status: 403,
    body: google(403, 'PERMISSION_DENIED', 'Requests from referer <empty> are blocked.', [
      { reason: 'API_KEY_HTTP_REFERRER_BLOCKED' },
    ]),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Google, a country',
    provider: 'google',
    status: 400,
    body: google(400, 'FAILED_PRECONDITION', 'Gemini API is not available in your country.'),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Bedrock, model access',
    provider: 'bedrock',
    status: 403,
    headers: { 'x-amzn-errortype': 'AccessDeniedException' },
    body: { message: "You don't have access to the model with the specified model ID." },
    want: 'key_rejected/no_access',
  },
  {
    from: 'Groq, terms',
    provider: 'groq',
    status: 400,
    body: openAi(
      'The model `x` requires terms acceptance. Please have the org admin accept the terms at https://console.groq.com/playground?model=x',
      { code: 'model_terms_required' },
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Groq, a project',
    provider: 'groq',
    status: 403,
    body: openAi(
      'The model `x` is blocked at the project level. Please have a project admin enable this model.',
      { type: 'permissions_error', code: 'model_permission_blocked_project' },
    ),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Azure, a firewall',
    provider: 'azure',
    status: 403,
    body: {
      error: { code: '403', message: 'Public access is disabled. Please configure private endpoint.' },
    },
    want: 'key_rejected/no_access',
  },
  {
    from: 'Azure, a role at 401',
    provider: 'azure',
    status: 401,
    body: {
      error: {
        code: 'PermissionDenied',
        message:
          'The principal `x` lacks the required data action `Microsoft.CognitiveServices/x` to perform `POST` operation.',
      },
    },
    want: 'key_rejected/no_access',
  },
  {
    from: 'OpenRouter, own key',
    provider: 'openrouter',
    status: 403,
    body: {
      error: {
        message:
          'openai/o3 requires you to add your own API key in https://openrouter.ai/settings/integrations',
        code: 403,
      },
    },
    want: 'key_rejected/no_access',
  },
  {
    from: 'a plan',
    status: 400,
    body: openAi('This model is only available on the Pro plan.'),
    want: 'key_rejected/no_access',
  },
  {
    from: 'Cohere, a trial',
    provider: 'cohere',
    status: 403,
    body: { id: '1', message: 'This model is not available for trial keys.' },
    want: 'key_rejected/no_access',
  },
];

const MODEL: readonly RefusalCase[] = [
  {
    from: 'OpenAI',
    provider: 'openai',
    status: 404,
    body: openAi('The model `gpt-9` does not exist or you do not have access to it.', {
      code: 'model_not_found',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'OpenAI, no chat model',
    provider: 'openai',
    status: 404,
    body: openAi(
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      { param: 'model' },
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'OpenAI, responses only',
    provider: 'openai',
    status: 404,
    body: openAi('This model is only supported in v1/responses and not in v1/chat/completions.', {
      param: 'model',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'DeepSeek',
    status: 400,
    body: openAi('Model Not Exist', { code: 'invalid_request_error' }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Mistral',
    status: 400,
    body: {
      object: 'error',
      message: 'Invalid model: mistral-hughe',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'vLLM',
    status: 404,
    body: {
      object: 'error',
      message: 'The model `llama` does not exist.',
      type: 'NotFoundError',
      param: null,
      code: 404,
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Ollama’s own format',
    status: 404,
    body: { error: 'model "llama9" not found, try pulling it first' },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Together',
    status: 404,
    body: openAi(
      'Unable to access model foo/bar. Please visit https://api.together.ai/models to view the list of supported models.',
      { code: 'model_not_available' },
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Fireworks',
    status: 404,
    body: {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        code: 'NOT_FOUND',
        message: 'Model not found, inaccessible, and/or not deployed',
      },
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'xAI',
    status: 404,
    body: {
      code: 'Some requested entity was not found',
      error: 'The model grok-9 does not exist or your team 1b2c does not have access to it.',
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Hugging Face',
    status: 400,
    body: {
      error: {
        message: "The requested model 'foo/bar' is not supported by any provider you have enabled.",
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_supported',
      },
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Google',
    provider: 'google',
    status: 404,
    body: google(
      404,
      'NOT_FOUND',
      'models/gemini-9 is not found for API version v1main, or is not supported for generateContent.',
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'LM Studio',
    status: 404,
    body: openAi(
      'No models loaded. Please load a model in the developer page or use the `lms load` command.',
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Azure',
    provider: 'azure',
    status: 404,
    body: {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Bedrock, a typed name',
    provider: 'bedrock',
    status: 400,
    headers: { 'x-amzn-errortype': 'ValidationException' },
    body: { message: 'The provided model identifier is invalid.' },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Groq, decommissioned',
    provider: 'groq',
    status: 400,
    body: openAi('The model `mixtral-8x7b-32768` has been decommissioned and is no longer supported.', {
      code: 'model_decommissioned',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Anthropic at its end',
    provider: 'anthropic',
    status: 404,
    body: anthropic('not_found_error', 'model: claude-3-opus-20240229'),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'new-api',
    status: 503,
    body: openAi('No available channel for model gpt-9 under group default (distributor)', {
      type: 'new_api_error',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'OpenRouter',
    provider: 'openrouter',
    status: 400,
    body: { error: { message: 'foo/bar is not a valid model ID', code: 400 } },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'a plain line',
    status: 404,
    body: 'model "foo" not found',
    want: 'invalid_request/model_not_found',
  },
];

const SIZE: readonly RefusalCase[] = [
  {
    from: 'vLLM',
    status: 400,
    body: {
      object: 'error',
      message:
        "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens (5000 in the messages, 4000 in the completion). Please reduce the length of the messages or completion.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    want: 'too_large/context_length',
  },
  {
    from: 'Groq',
    provider: 'groq',
    status: 400,
    body: openAi('Please reduce the length of the messages or completion.', {
      param: 'messages',
      code: 'context_length_exceeded',
    }),
    want: 'too_large/context_length',
  },
  {
    from: 'Bedrock',
    provider: 'bedrock',
    status: 400,
    body: { message: 'Input is too long for requested model.' },
    want: 'too_large/context_length',
  },
  {
    from: 'Mistral',
    status: 400,
    body: {
      object: 'error',
      message:
        'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      type: 'invalid_request_error',
      param: null,
      code: '3051',
    },
    want: 'too_large/context_length',
  },
  {
    from: 'Together',
    status: 422,
    body: openAi(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 9000 `inputs` tokens and 512 `max_new_tokens`',
    ),
    want: 'too_large/context_length',
  },
  {
    from: 'Cohere',
    provider: 'cohere',
    status: 400,
    body: {
      message: 'too many tokens: size limit exceeded by 11326 tokens. Try using shorter or fewer inputs.',
    },
    want: 'too_large/context_length',
  },
  {
    from: 'OpenAI’s newer words',
    provider: 'openai',
    status: 400,
    body: openAi(
      'Your input exceeds the context window of this model. Please adjust your input and try again.',
      { code: 'context_length_exceeded' },
    ),
    want: 'too_large/context_length',
  },
  {
    from: 'DeepSeek, output',
    status: 400,
    body: openAi('Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', {
      code: 'invalid_request_error',
    }),
    want: 'provider_failed/output_limit',
  },
  {
    from: 'Qwen, output',
    status: 400,
    body: openAi('Range of max_tokens should be [1, 8192]', { code: 'invalid_parameter_error' }),
    want: 'provider_failed/output_limit',
  },
  {
    from: 'Bedrock, output',
    provider: 'bedrock',
    status: 400,
    body: {
      message:
        'The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
    },
    want: 'provider_failed/output_limit',
  },
  {
    from: 'Vertex, output',
    provider: 'google',
    status: 400,
    body: google(
      400,
      'INVALID_ARGUMENT',
      'Unable to submit request because it has a maxOutputTokens value of 12000 but the supported range is from 1 (inclusive) to 8193 (exclusive). Update the value and try again.',
    ),
    want: 'provider_failed/output_limit',
  },
  {
    from: 'Ollama’s cloud, output',
    status: 400,
    body: openAi("max_tokens (384000) exceeds model's maximum output tokens (65536) for model deepseek-v4"),
    want: 'provider_failed/output_limit',
  },
  {
    from: 'a gateway that says it in `param`',
    status: 400,
    body: {
      error: {
        message: 'Param Incorrect',
        type: 'upstream_error',
        param:
          'max_tokens is too large: 1048576. This model supports at most 131072 completion tokens, whereas you provided 1048576.',
        code: '400',
      },
    },
    want: 'provider_failed/output_limit',
  },
  {
    from: 'newer vLLM, output',
    status: 400,
    body: openAi(
      "'max_tokens' or 'max_completion_tokens' is too large: 12000. This model's maximum context length is 8192 tokens and your request has 3000 input tokens (12000 > 8192 - 3000).",
    ),
    want: 'provider_failed/output_limit',
  },
  {
    from: 'Groq’s minute',
    provider: 'groq',
    status: 413,
    body: openAi(
      'Request too large for model `openai/gpt-oss-120b` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit 8000, Requested 13025, please reduce your message size and try again.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    want: 'too_large/minute_limit',
  },
  {
    from: 'OpenAI’s minute at 429',
    provider: 'openai',
    status: 429,
    body: openAi(
      'Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Requested 33012. The input or output tokens must be reduced in order to run successfully.',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    want: 'too_large/minute_limit',
  },
  {
    from: 'nginx',
    status: 413,
    body: '<html><head><title>413 Request Entity Too Large</title></head></html>',
    want: 'too_large/',
  },
];

const LIMIT: readonly RefusalCase[] = [
  {
    from: 'Mistral',
    status: 429,
    body: {
      object: 'error',
      message: 'Requests rate limit exceeded',
      type: 'rate_limited',
      param: null,
      code: '1300',
    },
    want: 'rate_limited/',
  },
  {
    from: 'Mistral’s shorter form',
    status: 429,
    body: { message: 'Requests rate limit exceeded' },
    want: 'rate_limited/',
  },
  {
    from: 'Azure',
    provider: 'azure',
    status: 429,
    body: {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-12-01 have exceeded call rate limit of your current OpenAI S0 pricing tier. Please retry after 20 seconds.',
      },
    },
    want: 'rate_limited/',
  },
  {
    from: 'Google’s free minute',
    provider: 'google',
    status: 429,
    body: google(
      429,
      'RESOURCE_EXHAUSTED',
      'You exceeded your current quota, please check your plan and billing details. Quota exceeded for metric: generate_content_free_tier_requests, limit: 10',
      [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }],
    ),
    want: 'rate_limited/',
  },
  {
    from: 'Anthropic, of tokens',
    provider: 'anthropic',
    status: 429,
    body: anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 30,000 input tokens per minute.',
    ),
    want: 'rate_limited/',
  },
  {
    from: 'Groq, which advertises',
    provider: 'groq',
    status: 429,
    body: openAi(
      'Rate limit reached for model `x` on tokens per minute (TPM): Limit 6000, Used 5034, Requested 1443. Please try again in 4.77s. Need more tokens? Upgrade to Dev Tier today at https://console.groq.com/settings/billing',
      { type: 'tokens', code: 'rate_limit_exceeded' },
    ),
    want: 'rate_limited/',
  },
  {
    from: 'OpenRouter, upstream',
    provider: 'openrouter',
    status: 429,
    body: {
      error: {
        message: 'Provider returned error',
        code: 429,
        metadata: {
          raw: 'google/gemini-3:free is temporarily rate-limited upstream. Please retry shortly, or add your own key to accumulate your rate limits',
          provider_name: 'Google',
        },
      },
    },
    want: 'rate_limited/',
  },
  {
    from: 'Zhipu',
    status: 429,
    body: { error: { code: '1302', message: '您当前使用该API的并发数过高' } },
    want: 'rate_limited/',
  },
  {
    from: 'Bedrock',
    provider: 'bedrock',
    status: 429,
    headers: { 'x-amzn-errortype': 'ThrottlingException' },
    body: { message: 'Too many tokens, please wait before trying again.' },
    want: 'rate_limited/',
  },
  {
    from: 'Cohere’s trial',
    provider: 'cohere',
    status: 429,
    body: {
      message:
        'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key.',
    },
    want: 'rate_limited/',
  },
  { from: 'a plain line', status: 429, body: 'Too Many Requests', want: 'rate_limited/' },
  {
    from: 'an event in place of a body',
    status: 429,
    body: 'event: error\ndata: {"error":{"message":"Rate limit exceeded","code":429}}\n\n',
    want: 'rate_limited/',
  },
];

const OTHERS: readonly RefusalCase[] = [
  {
    from: 'Azure’s filter',
    provider: 'azure',
    status: 400,
    body: openAi(
      "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
      { code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } },
    ),
    want: 'provider_failed/refused',
  },
  {
    from: 'DeepSeek’s filter',
    status: 400,
    body: openAi('Content Exists Risk', { code: 'invalid_request_error' }),
    want: 'provider_failed/refused',
  },
  {
    from: 'Qwen’s filter',
    status: 400,
    body: openAi('Input data may contain inappropriate content.', { code: 'data_inspection_failed' }),
    want: 'provider_failed/refused',
  },
  {
    from: 'xAI’s filter',
    status: 403,
    body: {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        'Content violates usage guidelines. Team: 1, API key ID: 2, Model: grok, Failed check: SAFETY_CHECK',
    },
    want: 'provider_failed/refused',
  },
  {
    from: 'OpenAI’s policy',
    provider: 'openai',
    status: 400,
    body: openAi('Invalid prompt: your prompt was flagged as potentially violating our usage policy.', {
      code: 'invalid_prompt',
    }),
    want: 'provider_failed/refused',
  },
  {
    from: 'Express',
    status: 404,
    body: '<!DOCTYPE html><html><body><pre>Cannot POST /chat/completions</pre></body></html>',
    want: 'provider_failed/wrong_address',
  },
  { from: 'Go', status: 404, body: '404 page not found', want: 'provider_failed/wrong_address' },
  {
    from: 'Azure',
    provider: 'azure',
    status: 404,
    body: { error: { code: '404', message: 'Resource not found' } },
    want: 'provider_failed/wrong_address',
  },
  {
    from: 'OpenAI’s own path',
    provider: 'openai',
    status: 404,
    body: openAi('Invalid URL (POST /v1/v1/chat/completions)'),
    want: 'provider_failed/wrong_address',
  },
  {
    from: 'LM Studio’s path',
    status: 200,
    body: { error: 'Unexpected endpoint or method. (POST /chat/completions)' },
    want: 'provider_failed/wrong_address',
  },
  {
    from: 'FastAPI at 405',
    status: 405,
    body: { detail: 'Method Not Allowed' },
    want: 'provider_failed/wrong_address',
  },
  {
    from: 'llama.cpp',
    status: 503,
    body: { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    want: 'provider_overloaded/loading',
  },
  {
    from: 'Hugging Face',
    status: 503,
    body: { error: 'Model foo/bar is currently loading', estimated_time: 20 },
    want: 'provider_overloaded/loading',
  },
  {
    from: 'Anthropic',
    provider: 'anthropic',
    status: 529,
    body: anthropic('overloaded_error', 'Overloaded'),
    want: 'provider_overloaded/',
  },
  {
    from: 'Moonshot',
    status: 429,
    body: {
      error: {
        message: 'The engine is currently overloaded, please try again later',
        type: 'engine_overloaded_error',
      },
    },
    want: 'provider_overloaded/',
  },
  {
    from: 'Envoy',
    status: 503,
    body: 'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    want: 'provider_overloaded/',
  },
  {
    from: 'Google',
    provider: 'google',
    status: 503,
    body: google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    want: 'provider_overloaded/',
  },
  { from: 'a gateway’s time', status: 500, body: openAi('Request timed out.'), want: 'provider_timeout/' },
  {
    from: 'OpenAI, a parameter',
    provider: 'openai',
    status: 400,
    body: openAi(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { param: 'max_tokens', code: 'unsupported_parameter' },
    ),
    want: 'provider_failed/bad_request',
  },
  {
    from: 'OpenAI, a format',
    provider: 'openai',
    status: 400,
    body: openAi(
      "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
    ),
    want: 'provider_failed/bad_request',
  },
  {
    from: 'Mistral’s list',
    status: 422,
    body: {
      object: 'error',
      message: {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'stream_options'],
            msg: 'Extra inputs are not permitted',
            input: { include_usage: true },
          },
        ],
      },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    want: 'provider_failed/bad_request',
  },
  {
    from: 'vLLM’s list as text',
    status: 400,
    body: {
      object: 'error',
      message:
        "[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra inputs are not permitted', 'input': 800}]",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    want: 'provider_failed/bad_request',
  },
  {
    from: 'a field that has tokens in its name',
    status: 400,
    body: openAi('Invalid value for max_tokens: expected a number'),
    want: 'provider_failed/bad_request',
  },
  {
    from: 'a firewall’s line',
    provider: 'openai',
    status: 403,
    body: 'Forbidden',
    want: 'provider_failed/not_a_stream',
  },
];

export const REFUSAL_CASES: readonly RefusalCase[] = [
  ...KEY,
  ...CREDIT,
  ...ACCESS,
  ...MODEL,
  ...SIZE,
  ...LIMIT,
  ...OTHERS,
];
