import type { RefusalCase } from './refusal-cases.ts';

type Row = readonly [
  from: string,
  provider: string | undefined,
  status: number,
  body: unknown,
  want: string,
  headers?: Readonly<Record<string, string>>,
];

const openAi = (message: string, more: object = {}): object => ({
  error: { message, type: 'invalid_request_error', param: null, code: null, ...more },
});
const google = (code: number, status: string, message: string, details: readonly object[] = []): object => ({
  error: { code, message, status, details },
});
const anthropic = (type: string, message: string): object => ({ type: 'error', error: { type, message } });

const KEY = 'key_rejected/';
const NO_CREDIT = 'key_rejected/no_credit';
const NO_ACCESS = 'key_rejected/no_access';
const NO_MODEL = 'invalid_request/model_not_found';
const CONTEXT = 'too_large/context_length';
const OUTPUT = 'provider_failed/output_limit';
const BAD = 'provider_failed/bad_request';
const REFUSED = 'provider_failed/refused';
const LIMITED = 'rate_limited/';
const BUSY = 'provider_overloaded/';
const LOADING = 'provider_overloaded/loading';
const SLOW = 'provider_timeout/';

/** Written down before the rules had seen them, each as its vendor words it; what the rules read wrongly then is what widened them. */
const ROWS: readonly Row[] = [
  // The key
  [
    'OpenAI, a key of a project that is archived',
    'openai',
    401,
    openAi('The project you are requesting has been archived and is no longer accessible.', {
      code: 'project_archived',
    }),
    KEY,
  ],
  [
    'OpenAI, an IP that is not on the list',
    'openai',
    401,
    openAi(
      'Your IP address 203.0.113.7 is not authorized to access this project. Please check your IP allowlist settings.',
      { code: 'ip_not_authorized' },
    ),
    NO_ACCESS,
  ],
  [
    'OpenAI, a key of another organisation',
    'openai',
    401,
    openAi('OpenAI-Organization header should match organization for API key', {
      code: 'mismatched_organization',
    }),
    KEY,
  ],
  [
    'Azure, a key of another region',
    'azure',
    401,
    {
      error: {
        code: '401',
        message:
          'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
      },
    },
    KEY,
  ],
  [
    'Azure, keys switched off',
    'azure',
    403,
    {
      error: {
        code: 'AuthenticationTypeDisabled',
        message: 'Key based authentication is disabled for this resource.',
      },
    },
    NO_ACCESS,
  ],
  [
    'Bedrock, a key that ran out',
    'bedrock',
    403,
    { message: 'Bearer Token has expired' },
    KEY,
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ],
  [
    'Bedrock, a key for another region',
    'bedrock',
    403,
    { Message: 'Authentication failed: Please make sure your API Key is valid.' },
    KEY,
  ],
  ['Groq', 'groq', 401, openAi('Invalid API Key', { code: 'invalid_api_key' }), KEY],
  [
    'Groq, an organisation that was closed',
    'groq',
    400,
    openAi(
      'Organization has been restricted. Please reach out to support if you believe this was in error.',
      { code: 'organization_restricted' },
    ),
    KEY,
  ],
  [
    'OpenRouter, a key that was switched off',
    'openrouter',
    401,
    { error: { message: 'User not found.', code: 401 } },
    KEY,
  ],
  ['Mistral', 'mistral', 401, { message: 'Unauthorized', request_id: 'x' }, KEY],
  ['Mistral’s gateway', 'mistral', 401, { detail: 'Unauthorized' }, KEY],
  [
    'Together',
    'together',
    401,
    {
      id: 'x',
      error: {
        message:
          'Invalid API key provided. You can find your API key at https://api.together.ai/settings/api-keys.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key',
      },
    },
    KEY,
  ],
  [
    'Fireworks',
    'fireworks',
    401,
    {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        code: 'unauthorized',
        message: 'The API key you provided is invalid.',
      },
    },
    KEY,
  ],
  [
    'Fireworks, an account that was suspended',
    'fireworks',
    412,
    {
      error: {
        message:
          'Account x is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.',
      },
    },
    NO_CREDIT,
  ],
  [
    'LiteLLM, a virtual key that ran out',
    undefined,
    400,
    openAi(
      'Authentication Error, Authentication Error - Expired Key. Key Expiry time 2026-01-01 and current time 2026-11-28',
      { type: 'expired_key', code: '400' },
    ),
    KEY,
  ],
  [
    'LiteLLM, no key',
    undefined,
    401,
    openAi('Authentication Error, No api key passed in.', { type: 'auth_error', code: '401' }),
    KEY,
  ],
  ['vLLM with --api-key', undefined, 401, { error: 'Unauthorized' }, KEY],
  [
    'Cloudflare AI Gateway, its own token',
    undefined,
    401,
    { success: false, result: [], messages: [], error: [{ code: 2009, message: 'Unauthorized' }] },
    KEY,
  ],
  [
    'Cloudflare Workers AI',
    undefined,
    401,
    {
      success: false,
      errors: [{ code: 10000, message: 'Authentication error' }],
      messages: [],
      result: null,
    },
    KEY,
  ],
  [
    'LM Studio with a token',
    undefined,
    401,
    {
      error: {
        message: 'Malformed LM Studio API token provided: sk-x. Please create a valid API token.',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      },
    },
    KEY,
  ],
  [
    'xAI, a key that was blocked',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'The API key has been disabled or blocked. Please contact your team admin.',
    },
    KEY,
  ],
  ['Anthropic', 'anthropic', 401, anthropic('authentication_error', 'invalid x-api-key'), KEY],

  // Money
  [
    'Anthropic',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    NO_CREDIT,
  ],
  [
    'Anthropic, a limit of one’s own',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'You have reached your specified workspace API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
    NO_CREDIT,
  ],
  [
    'OpenAI, a project’s budget',
    'openai',
    429,
    openAi('You have reached your project monthly budget. Please increase it in your project settings.', {
      code: 'billing_hard_limit_reached',
      type: 'requests',
    }),
    NO_CREDIT,
  ],
  [
    'Azure, a subscription',
    'azure',
    403,
    {
      error: {
        code: 'SubscriptionDisabled',
        message: 'The subscription is disabled because the spending limit was reached.',
      },
    },
    NO_CREDIT,
  ],
  [
    'Mistral, no plan',
    'mistral',
    402,
    {
      object: 'error',
      message: 'Inactive subscription or usage limit reached',
      type: 'payment_required',
      code: '3000',
    },
    NO_CREDIT,
  ],
  [
    'xAI',
    'xai',
    403,
    {
      code: 'Some resource has been exhausted',
      error:
        "Your newly created teams doesn't have any credits yet. You can purchase those on https://console.x.ai/team/x.",
    },
    NO_CREDIT,
  ],
  [
    'xAI, used up',
    'xai',
    429,
    {
      code: 'Some resource has been exhausted',
      error: 'Your team x has either used all available credits or reached its monthly spending limit.',
    },
    NO_CREDIT,
  ],
  [
    'Together',
    'together',
    402,
    openAi(
      'Credit limit exceeded, please navigate to https://api.together.ai/settings/billing to upgrade your plan',
      { type: 'credit_limit' },
    ),
    NO_CREDIT,
  ],
  [
    'OpenRouter, an upstream without money',
    'openrouter',
    402,
    {
      error: {
        message: 'Provider returned error',
        code: 402,
        metadata: {
          raw: '{"error":{"message":"Insufficient Balance","type":"unknown_error","code":"invalid_request_error"}}',
          provider_name: 'DeepSeek',
        },
      },
    },
    NO_CREDIT,
  ],
  [
    'LiteLLM, a budget',
    undefined,
    400,
    openAi('Budget has been exceeded! Current cost: 10.2, Max budget: 10.0', {
      type: 'budget_exceeded',
      code: '400',
    }),
    NO_CREDIT,
  ],
  [
    'Cloudflare, its free neurons',
    undefined,
    429,
    {
      errors: [
        {
          message:
            'AiError: you have used up your daily free allocation of 10,000 neurons, please upgrade to Cloudflare’s Workers Paid plan if you would like to continue usage.',
          code: 4006,
        },
      ],
      success: false,
    },
    LIMITED,
  ],

  // Access
  [
    'OpenAI, a model that the project lacks',
    'openai',
    403,
    openAi('Project `proj_x` does not have access to model `gpt-6-sol`', { code: 'model_not_found' }),
    NO_ACCESS,
  ],
  [
    'Anthropic, a model that the organisation lacks',
    'anthropic',
    403,
    anthropic(
      'permission_error',
      'Your organization does not have access to claude-opus-5-5. Please contact sales.',
    ),
    NO_ACCESS,
  ],
  [
    'Google, an API that is off',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/x then retry.',
      [{ reason: 'SERVICE_DISABLED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Google, a key with an application restriction',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'The request was blocked because the IP address restriction of the API key does not include the client.',
      [{ reason: 'API_KEY_IP_ADDRESS_BLOCKED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Bedrock, a model that was not asked for',
    'bedrock',
    403,
    { message: "You don't have access to the model with the specified model ID." },
    NO_ACCESS,
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ],
  [
    'Bedrock, a policy',
    'bedrock',
    403,
    {
      message:
        'User: arn:aws:iam::123:user/BedrockAPIKey-x is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/x because no identity-based policy allows the action',
    },
    NO_ACCESS,
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ],
  [
    'Groq, a model that wants terms',
    'groq',
    400,
    openAi(
      'The model `x` requires terms acceptance. Please have the org admin accept the terms at https://console.groq.com/playground?model=x',
      { code: 'model_terms_required' },
    ),
    NO_ACCESS,
  ],
  [
    'Azure, public access switched off',
    'azure',
    403,
    { error: { code: '403', message: 'Public access is disabled. Please configure private endpoint.' } },
    NO_ACCESS,
  ],
  [
    'Cohere, a trial key',
    'cohere',
    403,
    {
      message:
        'Trial keys may not use this model. Upgrade to a production key at https://dashboard.cohere.com/api-keys',
    },
    NO_ACCESS,
  ],
  [
    'OpenRouter, one’s own privacy settings',
    'openrouter',
    404,
    {
      error: {
        message:
          'No endpoints found matching your data policy. Configure: https://openrouter.ai/settings/privacy',
        code: 404,
      },
    },
    NO_MODEL,
  ],
  [
    'LiteLLM, a team’s models',
    undefined,
    401,
    openAi(
      "team not allowed to access model. This team can only access models=['gpt-4o']. Tried to access gpt-6-sol",
      { type: 'team_model_access_denied', code: '401' },
    ),
    NO_ACCESS,
  ],
  [
    'LiteLLM, a key’s models',
    undefined,
    401,
    openAi("key not allowed to access model. This key can only access models=['gpt-4o']. Tried to access x", {
      type: 'key_model_access_denied',
      code: '401',
    }),
    NO_ACCESS,
  ],

  // The model
  [
    'OpenAI',
    'openai',
    404,
    openAi('The model `gpt-9` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    NO_MODEL,
  ],
  ['Anthropic', 'anthropic', 404, anthropic('not_found_error', 'model: claude-9'), NO_MODEL],
  [
    'Google',
    'google',
    404,
    google(
      404,
      'NOT_FOUND',
      'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.',
    ),
    NO_MODEL,
  ],
  [
    'Bedrock',
    'bedrock',
    400,
    { message: 'The provided model identifier is invalid.' },
    NO_MODEL,
    { 'x-amzn-errortype': 'ValidationException' },
  ],
  [
    'Bedrock, one at its end',
    'bedrock',
    404,
    {
      message:
        'This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model.',
    },
    NO_MODEL,
    { 'x-amzn-errortype': 'ResourceNotFoundException' },
  ],
  [
    'Mistral',
    'mistral',
    400,
    {
      object: 'error',
      message: 'Invalid model: mistral-9',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    NO_MODEL,
  ],
  ['DeepSeek', 'deepseek', 400, openAi('Model Not Exist'), NO_MODEL],
  [
    'xAI',
    'xai',
    404,
    {
      code: 'Some requested entity was not found',
      error: 'The model grok-9 does not exist or your team x does not have access to it.',
    },
    NO_MODEL,
  ],
  [
    'Together',
    'together',
    404,
    openAi(
      'Unable to access model x. Please visit https://api.together.ai/models to view the list of supported models.',
      { code: 'model_not_available' },
    ),
    NO_MODEL,
  ],
  [
    'Fireworks',
    'fireworks',
    404,
    {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        code: 'NOT_FOUND',
        message: 'Model not found, inaccessible, and/or not deployed',
      },
    },
    NO_MODEL,
  ],
  ['Ollama', undefined, 404, openAi("model 'llama9' not found", { type: 'not_found_error' }), NO_MODEL],
  [
    'vLLM',
    undefined,
    404,
    {
      object: 'error',
      message: 'The model `x` does not exist.',
      type: 'NotFoundError',
      param: 'model',
      code: 404,
    },
    NO_MODEL,
  ],
  [
    'LM Studio',
    undefined,
    404,
    {
      error: {
        message: 'No models loaded. Please load a model in the developer page or use the `lms load` command.',
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_found',
      },
    },
    NO_MODEL,
  ],
  [
    'Azure',
    'azure',
    404,
    {
      error: {
        code: 'DeploymentNotFound',
        message:
          'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
      },
    },
    NO_MODEL,
  ],
  [
    'Cohere',
    'cohere',
    404,
    {
      message:
        "model 'command-9' not found, make sure the correct model ID was used and that you have access to the model.",
    },
    NO_MODEL,
  ],
  [
    'Cloudflare Workers AI',
    undefined,
    400,
    { success: false, errors: [{ code: 5007, message: 'No such model @cf/meta/llama-9 or task' }] },
    NO_MODEL,
  ],
  [
    'Ollama, a model that only embeds',
    undefined,
    400,
    openAi('"nomic-embed-text" does not support chat', { type: 'api_error' }),
    NO_MODEL,
  ],
  [
    'OpenAI, an old completion model',
    'openai',
    404,
    openAi(
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      { param: 'model' },
    ),
    NO_MODEL,
  ],

  // Length
  [
    'OpenAI',
    'openai',
    400,
    openAi(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens. Please reduce the length of the messages.",
      { code: 'context_length_exceeded', param: 'messages' },
    ),
    CONTEXT,
  ],
  [
    'OpenAI Responses',
    'openai',
    400,
    openAi('Your input exceeds the context window of this model. Please adjust your input and try again.', {
      code: 'context_length_exceeded',
      param: 'input',
    }),
    CONTEXT,
  ],
  [
    'Anthropic',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    CONTEXT,
  ],
  [
    'Mistral',
    'mistral',
    400,
    {
      object: 'error',
      message:
        'Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length',
      type: 'invalid_request_prompt',
      code: '3051',
    },
    CONTEXT,
  ],
  [
    'Bedrock',
    'bedrock',
    400,
    { message: 'Input is too long for requested model.' },
    CONTEXT,
    { 'x-amzn-errortype': 'ValidationException' },
  ],
  [
    'Together',
    'together',
    422,
    openAi(
      'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8193. Given: 8000 `inputs` tokens and 12000 `max_new_tokens`',
    ),
    CONTEXT,
  ],
  [
    'Ollama',
    undefined,
    400,
    openAi('input length exceeds maximum context length', { type: 'api_error' }),
    CONTEXT,
  ],
  [
    'LM Studio',
    undefined,
    400,
    {
      error:
        'Trying to keep the first 9001 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough. Try to load the model with a larger context length, or provide a shorter input',
    },
    CONTEXT,
  ],
  [
    'vLLM, newer',
    undefined,
    400,
    {
      error: {
        message:
          "You passed 40961 input tokens and requested 0 output tokens. However, the model's context length is only 40960 tokens, resulting in a maximum input length of 40960 tokens. Please reduce the length of the input prompt.",
        type: 'BadRequestError',
        param: 'input_tokens',
        code: 400,
      },
    },
    CONTEXT,
  ],
  [
    'llama.cpp',
    undefined,
    400,
    {
      error: {
        code: 400,
        message: 'request (9001 tokens) exceeds the available context size (4096 tokens), try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 9001,
        n_ctx: 4096,
      },
    },
    CONTEXT,
  ],
  [
    'Cohere',
    'cohere',
    400,
    {
      message:
        'too many tokens: total number of tokens in the prompt cannot exceed 128000 - received 130000. Try using a shorter prompt, or set the truncate parameter.',
    },
    CONTEXT,
  ],
  [
    'xAI',
    'xai',
    400,
    {
      code: 'Client specified an invalid argument',
      error: "This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
    },
    CONTEXT,
  ],

  // What the model may write
  [
    'OpenAI',
    'openai',
    400,
    openAi(
      'max_tokens is too large: 20000. This model supports at most 16384 completion tokens, whereas you provided 20000.',
      { code: 'invalid_value', param: 'max_tokens' },
    ),
    OUTPUT,
  ],
  [
    'Bedrock',
    'bedrock',
    400,
    {
      message:
        'The maximum tokens you requested exceeds the model limit of 8192. Try again with a maximum tokens value that is lower than 8192.',
    },
    OUTPUT,
    { 'x-amzn-errortype': 'ValidationException' },
  ],
  [
    'DeepSeek',
    'deepseek',
    400,
    openAi('Invalid max_tokens value, the valid range of max_tokens is [1, 8192]'),
    OUTPUT,
  ],
  [
    'Cohere',
    'cohere',
    400,
    {
      message:
        'invalid request: max_tokens must be less than or equal to 4096, the maximum output length for this model.',
    },
    OUTPUT,
  ],
  [
    'vLLM',
    undefined,
    400,
    {
      object: 'error',
      message:
        "'max_tokens' or 'max_completion_tokens' is too large: 12000. This model's maximum context length is 8192 tokens and your request has 1000 input tokens (12000 > 8192 - 1000).",
      type: 'BadRequestError',
      code: 400,
    },
    OUTPUT,
  ],
  [
    'Google',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'Unable to submit request because it has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 65537 (exclusive). Update the value and try again.',
    ),
    OUTPUT,
  ],
  [
    'Mistral',
    'mistral',
    422,
    {
      detail: [
        {
          type: 'less_than_equal',
          loc: ['body', 'max_tokens'],
          msg: 'Input should be less than or equal to 32768',
          input: 90000,
        },
      ],
    },
    OUTPUT,
  ],

  // Fields
  [
    'Mistral',
    'mistral',
    422,
    {
      object: 'error',
      message: {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'max_completion_tokens'],
            msg: 'Extra inputs are not permitted',
            input: 32000,
          },
        ],
      },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    BAD,
  ],
  [
    'OpenAI',
    'openai',
    400,
    openAi(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { code: 'unsupported_parameter', param: 'max_tokens' },
    ),
    BAD,
  ],
  ['DeepSeek', 'deepseek', 400, openAi('This response_format type is unavailable now'), BAD],
  [
    'Groq',
    'groq',
    400,
    openAi(
      'This model does not support response format `json_schema`. See supported models at https://console.groq.com/docs/structured-outputs#supported-models',
      { param: 'response_format' },
    ),
    BAD,
  ],
  [
    'Google',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'Invalid JSON payload received. Unknown name "store": Cannot find field.',
    ),
    BAD,
  ],
  [
    'Anthropic',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'output_config.format: Extra inputs are not permitted'),
    BAD,
  ],
  ['LM Studio', undefined, 400, { error: "'response_format.type' must be 'json_schema' or 'text'" }, BAD],
  [
    'LiteLLM',
    undefined,
    400,
    openAi(
      "litellm.UnsupportedParamsError: ollama does not support parameters: ['stream_options'], for model=llama3.3. To drop these, set `litellm.drop_params=True`",
      { type: 'None', code: '400' },
    ),
    BAD,
  ],
  [
    'Fireworks',
    'fireworks',
    400,
    {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message: "Extra inputs are not permitted, field: 'store', value: False",
      },
    },
    BAD,
  ],

  // Content
  [
    'Azure',
    'azure',
    400,
    {
      error: {
        message:
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    },
    REFUSED,
  ],
  ['DeepSeek', 'deepseek', 400, openAi('Content Exists Risk'), REFUSED],
  [
    'OpenAI',
    'openai',
    400,
    openAi(
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
      { code: 'invalid_prompt' },
    ),
    REFUSED,
  ],
  [
    'xAI',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error:
        'Content violates usage guidelines. Team: x, API key ID: y, Model: grok-4.6, Failed check: SAFETY_CHECK_TYPE_BIO',
    },
    REFUSED,
  ],
  [
    'Cloudflare AI Gateway',
    undefined,
    424,
    { success: false, error: [{ code: 2016, message: 'Prompt blocked due to security configurations' }] },
    REFUSED,
  ],
  [
    'Bedrock',
    'bedrock',
    400,
    { message: 'The provided request was blocked by our content filtering policy.' },
    REFUSED,
    { 'x-amzn-errortype': 'ValidationException' },
  ],

  // Limits by time
  [
    'OpenAI',
    'openai',
    429,
    openAi(
      'Rate limit reached for gpt-6-sol in organization org-x on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 20s.',
      { code: 'rate_limit_exceeded', type: 'requests' },
    ),
    LIMITED,
    { 'retry-after': '20' },
  ],
  [
    'Anthropic',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 30,000 input tokens per minute (org: x, model: claude-opus-5-5).',
    ),
    LIMITED,
  ],
  [
    'Anthropic, acceleration',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'Number of request tokens has exceeded your rate limit because usage increased too quickly. Please ramp up gradually.',
    ),
    LIMITED,
  ],
  [
    'Google',
    'google',
    429,
    google(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    LIMITED,
  ],
  [
    'Mistral',
    'mistral',
    429,
    {
      object: 'error',
      message: 'Service tier capacity exceeded for this model.',
      type: 'service_tier_capacity_exceeded',
      param: null,
      code: '3505',
    },
    BUSY,
  ],
  ['Mistral, requests', 'mistral', 429, { message: 'Requests rate limit exceeded' }, LIMITED],
  [
    'Bedrock',
    'bedrock',
    429,
    { message: 'Too many tokens per day, please wait before trying again.' },
    LIMITED,
    { 'x-amzn-errortype': 'ThrottlingException' },
  ],
  [
    'Azure',
    'azure',
    429,
    {
      error: {
        code: 'RateLimitReached',
        message:
          'Your requests to gpt-6 for gpt-6 in East US have exceeded the token rate limit for your current OpenAI S0 pricing tier. Please retry after 6 seconds.',
      },
    },
    LIMITED,
  ],
  [
    'Azure’s gateway',
    'azure',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API have exceeded call rate limit of your current pricing tier. Please retry after 1 second.',
      },
    },
    LIMITED,
  ],
  [
    'Cloudflare AI Gateway',
    undefined,
    429,
    { success: false, result: [], messages: [], error: [{ code: 2003, message: 'Rate limited' }] },
    LIMITED,
  ],
  [
    'LiteLLM',
    undefined,
    429,
    openAi(
      'litellm.RateLimitError: No deployments available for selected model, Try again in 5 seconds. Passed model=x.',
      { type: 'None', code: '429' },
    ),
    LIMITED,
  ],
  [
    'Cohere',
    'cohere',
    429,
    {
      message:
        "You are using a Trial key, which is limited to 20 API calls / minute. You can continue to use the Trial key for free or upgrade to a Production key with higher rate limits at 'https://dashboard.cohere.com/api-keys'.",
    },
    LIMITED,
  ],
  [
    'Fireworks',
    'fireworks',
    429,
    { error: { code: 'RESOURCE_EXHAUSTED', message: 'rate limit exceeded, please try again later' } },
    LIMITED,
  ],

  // Trouble of theirs
  ['Anthropic', 'anthropic', 529, anthropic('overloaded_error', 'Overloaded'), BUSY],
  ['Anthropic, within', 'anthropic', 500, anthropic('api_error', 'Internal server error'), BUSY],
  [
    'Google',
    'google',
    503,
    google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    BUSY,
  ],
  [
    'Google, deadline',
    'google',
    504,
    google(504, 'DEADLINE_EXCEEDED', 'The request timed out. Please try again.'),
    SLOW,
  ],
  [
    'Together',
    'together',
    503,
    openAi('The server is overloaded or not ready yet.', { type: 'service_unavailable' }),
    BUSY,
  ],
  [
    'Groq',
    'groq',
    498,
    openAi('Flex tier capacity exceeded. Please try again later or use on_demand service tier.', {
      code: 'capacity_exceeded',
    }),
    BUSY,
  ],
  [
    'OpenRouter, an upstream',
    'openrouter',
    502,
    {
      error: {
        message: 'Provider returned error',
        code: 502,
        metadata: { raw: 'upstream connect error or disconnect/reset before headers', provider_name: 'X' },
      },
    },
    BUSY,
  ],
  [
    'Cloudflare’s page of 524',
    undefined,
    524,
    '<html><head><title>524: A timeout occurred</title></head></html>',
    SLOW,
  ],
  [
    'Bedrock, a model that starts',
    'bedrock',
    429,
    { message: 'Model is not ready for inference. Please wait and try your request again.' },
    LOADING,
    { 'x-amzn-errortype': 'ModelNotReadyException' },
  ],
  ['vLLM behind a router', undefined, 503, { detail: 'No available backend pods' }, BUSY],
  [
    'LM Studio, a model that failed to load',
    undefined,
    400,
    {
      error: {
        message: 'Failed to load model "x". Error: insufficient system resources.',
        type: 'invalid_request_error',
        code: 'model_not_loaded',
      },
    },
    NO_MODEL,
  ],
  [
    'Ollama, too little memory',
    undefined,
    500,
    openAi('model requires more system memory (12.0 GiB) than is available (7.5 GiB)', { type: 'api_error' }),
    BUSY,
  ],
];

export const SIBLINGS: readonly RefusalCase[] = ROWS.map(([from, provider, status, body, want, headers]) => ({
  from,
  ...(provider !== undefined && { provider }),
  status,
  body,
  want,
  ...(headers && { headers }),
}));
