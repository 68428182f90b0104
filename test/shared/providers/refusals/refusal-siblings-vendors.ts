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
/** OpenRouter's own sentence, with what the provider behind it said. */
const behind = (code: number, provider_name: string, raw: string): object => ({
  error: { code, message: 'Provider returned error', metadata: { provider_name, raw } },
});
const aws = (name: string): Readonly<Record<string, string>> => ({ 'x-amzn-errortype': name });

const KEY = 'key_rejected/';
const NO_CREDIT = 'key_rejected/no_credit';
const NO_ACCESS = 'key_rejected/no_access';
const NO_MODEL = 'invalid_request/model_not_found';
const CONTEXT = 'too_large/context_length';
const TOO_LARGE = 'too_large/';
const MINUTE = 'too_large/minute_limit';
const OUTPUT = 'provider_failed/output_limit';
const BAD = 'provider_failed/bad_request';
const REFUSED = 'provider_failed/refused';
const BAD_OUTPUT = 'provider_failed/bad_output';
const PAGE = 'provider_failed/not_a_stream';
const ADDRESS = 'provider_failed/wrong_address';
const LIMITED = 'rate_limited/';
const BUSY = 'provider_overloaded/';
const LOADING = 'provider_overloaded/loading';
const SLOW = 'provider_timeout/';

/** A second round, written down before the rules had seen them: vendors, gateways and boxes on the way. */
const ROWS: readonly Row[] = [
  // Azure
  [
    'Azure, the prompt is filtered, with its categories',
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
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { jailbreak: { filtered: true, detected: true } },
        },
      },
    },
    REFUSED,
  ],
  [
    'Azure, a deployment that was just made',
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
    'Azure, tokens a minute',
    'azure',
    429,
    {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 38 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit.',
      },
    },
    LIMITED,
  ],
  [
    'Azure, a managed identity without the role',
    'azure',
    401,
    {
      error: {
        code: 'PermissionDenied',
        message:
          'The principal `x` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{deployment-id}/chat/completions` operation.',
      },
    },
    NO_ACCESS,
  ],
  [
    'Azure, an old version of the API',
    'azure',
    400,
    {
      error: {
        code: 'BadRequest',
        message:
          'response_format value as json_schema is enabled only for api versions 2024-08-01-preview and later',
      },
    },
    BAD,
  ],
  // Bedrock
  [
    'Bedrock, too many requests',
    'bedrock',
    429,
    { message: 'Too many requests, please wait before trying again.' },
    LIMITED,
    aws('ThrottlingException'),
  ],
  [
    'Bedrock, too many tokens',
    'bedrock',
    429,
    { message: 'Too many tokens, please wait before trying again.' },
    LIMITED,
    aws('ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/'),
  ],
  [
    'Bedrock, no access to the model',
    'bedrock',
    403,
    { message: "You don't have access to the model with the specified model ID." },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a marketplace subscription that is being set up',
    'bedrock',
    403,
    {
      message:
        'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a key that has run out',
    'bedrock',
    403,
    { Message: 'Bearer Token has expired' },
    KEY,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a legacy model nobody asked for lately',
    'bedrock',
    404,
    {
      message:
        'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock',
    },
    NO_MODEL,
    aws('ResourceNotFoundException'),
  ],
  [
    'Bedrock, more output than the model has',
    'bedrock',
    400,
    {
      message:
        'The maximum tokens you requested exceeds the model limit of 4096. Try again with a maximum tokens value that is lower than 4096.',
    },
    OUTPUT,
    aws('ValidationException'),
  ],
  [
    'Bedrock, the model is slow',
    'bedrock',
    408,
    { message: 'The model request timed out, try your request again.' },
    SLOW,
    aws('ModelTimeoutException'),
  ],
  [
    'Bedrock, the service is short of machines',
    'bedrock',
    503,
    { message: 'Bedrock is unable to process your request.' },
    BUSY,
    aws('ServiceUnavailableException'),
  ],
  // Google
  [
    'Vertex, no such project permission',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      "Permission 'aiplatform.endpoints.predict' denied on resource '//aiplatform.googleapis.com/projects/p/locations/us-central1/publishers/google/models/gemini-3-pro' (or it may not exist).",
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'IAM_PERMISSION_DENIED' }],
    ),
    NO_ACCESS,
  ],
  [
    'Vertex, a publisher’s model that is not there',
    'google',
    404,
    google(
      404,
      'NOT_FOUND',
      'Publisher Model `projects/p/locations/us-central1/publishers/google/models/gemini-9` was not found or your project does not have access to it. Please ensure you are using a valid model version.',
    ),
    NO_MODEL,
  ],
  [
    'Gemini, a model for something else',
    'google',
    404,
    google(
      404,
      'NOT_FOUND',
      'models/gemini-embedding-2 is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.',
    ),
    NO_MODEL,
  ],
  [
    'Gemini, too much thinking asked for',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The thinking budget 50000 is invalid. Please choose a value between 512 and 24576.',
    ),
    BAD,
  ],
  [
    'Gemini, more output than there is',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'Unable to submit request because it has a maxOutputTokens value of 99999 but the supported range is from 1 (inclusive) to 65537 (exclusive). Update the value and try again.',
    ),
    OUTPUT,
  ],
  [
    'Gemini, a day’s requests of the free plan',
    'google',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'You exceeded your current quota, please check your plan and billing details.',
      [
        {
          '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
          violations: [{ quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier', quotaValue: '20' }],
        },
        { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '41s' },
      ],
    ),
    LIMITED,
  ],
  [
    'Gemini, prepaid credits',
    'google',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.',
    ),
    NO_CREDIT,
  ],
  [
    'Gemini, the API is off in that project',
    'google',
    403,
    google(
      403,
      'PERMISSION_DENIED',
      'Generative Language API has not been used in project 123 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis then retry.',
      [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
    ),
    NO_ACCESS,
  ],
  // OpenRouter
  [
    'OpenRouter, moderation of a provider’s',
    'openrouter',
    403,
    {
      error: {
        code: 403,
        message: 'Your chosen model requires moderation and your input was flagged',
        metadata: {
          reasons: ['violence'],
          flagged_input: 'x',
          provider_name: 'OpenAI',
          model_slug: 'openai/gpt-6',
        },
      },
    },
    REFUSED,
  ],
  [
    'OpenRouter, negative balance',
    'openrouter',
    402,
    {
      error: {
        code: 402,
        message: 'Your account or API key has insufficient credits. Add more credits and retry the request.',
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenRouter, context of the provider behind',
    'openrouter',
    400,
    behind(
      400,
      'DeepInfra',
      '{"error":{"message":"Requested input length 200000 exceeds maximum input length 131071"}}',
    ),
    CONTEXT,
  ],
  [
    'OpenRouter, the provider behind is full',
    'openrouter',
    429,
    behind(
      429,
      'Chutes',
      'deepseek/deepseek-r1:free is temporarily rate-limited upstream. Please retry shortly, or add your own key',
    ),
    LIMITED,
  ],
  [
    'OpenRouter, a key of one’s own that the provider behind does not take',
    'openrouter',
    401,
    behind(
      401,
      'Anthropic',
      '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}',
    ),
    KEY,
  ],
  [
    'OpenRouter, guardrails leave no provider',
    'openrouter',
    404,
    {
      error: {
        code: 404,
        message:
          'No endpoints available matching your guardrail restrictions and data policy. Configure: https://openrouter.ai/settings/privacy',
      },
    },
    NO_MODEL,
  ],
  [
    'OpenRouter, the provider behind answers with a page',
    'openrouter',
    502,
    behind(502, 'Novita', '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'),
    BUSY,
  ],
  // Anthropic
  [
    'Anthropic, thinking needs room',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      '`max_tokens` must be greater than `thinking.budget_tokens`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking',
    ),
    BAD,
  ],
  [
    'Anthropic, a schema with a keyword',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      "output_config.format.schema: For 'integer' type, property 'minimum' is not supported",
    ),
    BAD,
  ],
  [
    'Anthropic, tokens a minute',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 30,000 input tokens per minute (org: x, model: claude-sonnet-5). For details, refer to: https://docs.claude.com/en/api/rate-limits.',
    ),
    LIMITED,
  ],
  [
    'Anthropic, a model that has gone',
    'anthropic',
    404,
    anthropic('not_found_error', 'model: claude-3-opus-20240229'),
    NO_MODEL,
  ],
  [
    'Anthropic, a longer context needs a higher tier',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'The long context beta is not yet available for this subscription.'),
    NO_ACCESS,
  ],
  // OpenAI
  [
    'OpenAI, a prompt against its policy',
    'openai',
    400,
    openAi(
      'Invalid prompt: your prompt was flagged as potentially violating our usage policy. Please try again with a different prompt.',
      {
        code: 'invalid_prompt',
      },
    ),
    REFUSED,
  ],
  [
    'OpenAI, the region of its key',
    'openai',
    401,
    openAi('You must use the regional hostname eu.api.openai.com to access this project.', {
      code: 'incorrect_hostname',
    }),
    NO_ACCESS,
  ],
  [
    'OpenAI, the model is for Responses',
    'openai',
    404,
    openAi('This model is only supported in v1/responses and not in v1/chat/completions.', {
      param: 'model',
    }),
    NO_MODEL,
  ],
  [
    'OpenAI, an effort that the model lacks',
    'openai',
    400,
    openAi(
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
      { param: 'reasoning_effort', code: 'unsupported_value' },
    ),
    BAD,
  ],
  [
    'OpenAI, one request above the minute',
    'openai',
    429,
    {
      error: {
        message:
          'Request too large for gpt-6 in organization org-x on tokens per min (TPM): Limit 30000, Requested 41000. The input or output tokens must be reduced in order to run successfully.',
        type: 'tokens',
        param: null,
        code: 'rate_limit_exceeded',
      },
    },
    MINUTE,
  ],
  // Groq
  [
    'Groq, a body above its size',
    'groq',
    413,
    {
      error: {
        message: 'Request Entity Too Large',
        type: 'invalid_request_error',
        code: 'request_too_large',
      },
    },
    TOO_LARGE,
  ],
  [
    'Groq, JSON that the model could not make',
    'groq',
    400,
    {
      error: {
        message:
          "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.",
        type: 'invalid_request_error',
        code: 'json_validate_failed',
        failed_generation: '{"kind": "bun',
      },
    },
    BAD_OUTPUT,
  ],
  [
    'Groq, a flex queue that is full',
    'groq',
    498,
    {
      error: {
        message: 'Flex tier capacity exceeded. Please try again later.',
        type: 'internal_server_error',
        code: 'capacity_exceeded',
      },
    },
    BUSY,
  ],
  // Mistral, xAI, DeepSeek, Together, Fireworks, Cohere
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
    BUSY,
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
    BUSY,
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
    BAD,
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
  // Servers of one's own
  [
    'vLLM, a schema that its grammar has no words for',
    undefined,
    400,
    {
      object: 'error',
      message: 'Grammar error: Unimplemented keys: ["uniqueItems"]',
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    BAD,
  ],
  [
    'vLLM, context',
    undefined,
    400,
    {
      object: 'error',
      message:
        "'max_tokens' or 'max_completion_tokens' is too large: 12000. This model's maximum context length is 8192 tokens and your request has 900 input tokens (12000 > 8192 - 900).",
      type: 'BadRequestError',
      code: 400,
    },
    OUTPUT,
  ],
  ['vLLM, a key that it wants', undefined, 401, { error: 'Unauthorized' }, KEY],
  [
    'Ollama, not enough memory',
    undefined,
    500,
    {
      error: {
        message: 'model requires more system memory (38.4 GiB) than is available (15.2 GiB)',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
    BUSY,
  ],
  [
    'llama.cpp, starting up',
    undefined,
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    LOADING,
  ],
  [
    'LM Studio, a crash while it loads',
    undefined,
    400,
    {
      error:
        'Error in channel handler: Error: Model loading was stopped due to insufficient system resources.',
    },
    BUSY,
  ],
  [
    'LiteLLM, every deployment is cooling down',
    undefined,
    429,
    openAi(
      "litellm.RateLimitError: No deployments available for selected model, Try again in 5 seconds. Passed model=gpt-6. pre-call-checks=False, cooldown_list=['x']",
      { type: 'throttling_error', code: '429' },
    ),
    LIMITED,
  ],
  [
    'LiteLLM, the team’s budget',
    undefined,
    400,
    openAi('Budget has been exceeded! Team=x Current cost: 10.2, Max budget: 10.0', {
      type: 'budget_exceeded',
      code: '400',
    }),
    NO_CREDIT,
  ],
  [
    'LiteLLM, context of the model behind',
    undefined,
    400,
    openAi(
      'litellm.ContextWindowExceededError: AnthropicError - prompt is too long: 210000 tokens > 200000 maximum. Received Model Group=x',
    ),
    CONTEXT,
  ],
  // What stands on the way
  [
    'Cloudflare, a challenge',
    'openai',
    403,
    '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body>Enable JavaScript and cookies to continue</body></html>',
    PAGE,
  ],
  [
    'Cloudflare, the origin is not reached',
    'mistral',
    523,
    '<!DOCTYPE html><html><head><title>api.mistral.ai | 523: Origin is unreachable</title></head><body></body></html>',
    BUSY,
  ],
  [
    'Cloudflare, the origin is slow',
    'deepseek',
    524,
    '<!DOCTYPE html><html><head><title>api.deepseek.com | 524: A timeout occurred</title></head><body></body></html>',
    SLOW,
  ],
  ['Cloudflare, a plain code', 'openai', 520, 'error code: 520', BUSY],
  [
    'nginx, a body that is too large',
    undefined,
    413,
    '<html>\r\n<head><title>413 Request Entity Too Large</title></head>\r\n<body>\r\n<center><h1>413 Request Entity Too Large</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n',
    TOO_LARGE,
  ],
  [
    'nginx, its upstream is slow',
    undefined,
    504,
    '<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center></body></html>',
    SLOW,
  ],
  [
    'Envoy, nobody behind it',
    undefined,
    503,
    'upstream connect error or disconnect/reset before headers. reset reason: connection failure',
    BUSY,
  ],
  [
    'a corporate proxy, its own page',
    'anthropic',
    403,
    '<html><head><title>Access Denied</title></head><body>Zscaler: this web site was blocked by your organization’s policy: Generative AI</body></html>',
    PAGE,
  ],
  [
    'a corporate proxy, a sign-in page with 200',
    'openai',
    200,
    '<html><head><title>Sign in</title></head><body>Corporate network: please sign in</body></html>',
    PAGE,
  ],
  [
    'a gateway that knows no such path',
    undefined,
    404,
    {
      error: {
        message:
          'Unknown request URL: POST /chat/completions. Please check the URL for typos, or see the docs',
        type: 'invalid_request_error',
        code: 'unknown_url',
      },
    },
    ADDRESS,
  ],
  // A third round
  [
    'OpenAI, a service account without the scope',
    'openai',
    403,
    openAi(
      'You have insufficient permissions for this operation. Missing scopes: model.request. Check that you have the correct role in your organization.',
      { code: 'missing_scope' },
    ),
    NO_ACCESS,
  ],
  [
    'OpenAI, flex is out of capacity',
    'openai',
    429,
    {
      error: {
        message: 'We do not have enough resources to process your request with the flex tier right now.',
        type: 'resource_unavailable',
        param: null,
        code: 'resource_unavailable',
      },
    },
    BUSY,
  ],
  [
    'OpenAI, slow down',
    'openai',
    503,
    openAi('Slow Down', { type: 'slow_down', code: 'slow_down' }),
    LIMITED,
  ],
  [
    'OpenAI, a message without content',
    'openai',
    400,
    openAi("Invalid value for 'content': expected a string, got null.", { param: 'messages.[1].content' }),
    BAD,
  ],
  [
    'OpenAI, a schema that is too deep',
    'openai',
    400,
    openAi(
      "Invalid schema for response_format 'plan': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'note'.",
      { param: 'response_format' },
    ),
    BAD,
  ],
  [
    'OpenAI, a session token in place of a key',
    'openai',
    401,
    openAi('Your authentication token is not from a valid issuer.', { code: 'invalid_issuer' }),
    KEY,
  ],
  [
    'Anthropic, a key of OAuth where that is not taken',
    'anthropic',
    401,
    anthropic('authentication_error', 'OAuth authentication is currently not supported.'),
    KEY,
  ],
  [
    'Anthropic, a first-time key that needs a card',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Your organization has disabled API usage until billing information has been added.',
    ),
    NO_CREDIT,
  ],
  [
    'Anthropic, acceleration',
    'anthropic',
    429,
    anthropic(
      'rate_limit_error',
      'This request would exceed your organization’s maximum usage increase rate for input tokens per minute.',
    ),
    LIMITED,
  ],
  [
    'Anthropic, a header of a beta that is over',
    'anthropic',
    400,
    anthropic(
      'invalid_request_error',
      'Unexpected value(s) `output-128k-2025-02-19` for the `anthropic-beta` header.',
    ),
    BAD,
  ],
  [
    'Gemini, an internal error',
    'google',
    500,
    google(
      500,
      'INTERNAL',
      'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting',
    ),
    BUSY,
  ],
  [
    'Gemini, a deadline',
    'google',
    504,
    google(504, 'DEADLINE_EXCEEDED', 'Deadline expired before operation could complete.'),
    SLOW,
  ],
  [
    'Gemini, a schema with too many states',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'The specified schema produces a constraint that has too many states for serving.',
    ),
    BAD,
  ],
  [
    'Vertex, no quota for the model',
    'google',
    429,
    google(
      429,
      'RESOURCE_EXHAUSTED',
      'Quota exceeded for aiplatform.googleapis.com/generate_content_requests_per_minute_per_project_per_base_model with base model: gemini-3-pro. Please submit a quota increase request.',
    ),
    LIMITED,
  ],
  [
    'Bedrock, a role without the action',
    'bedrock',
    403,
    {
      Message:
        'User: arn:aws:sts::1:assumed-role/x/y is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:us-east-1::foundation-model/x because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action',
    },
    NO_ACCESS,
    aws('AccessDeniedException'),
  ],
  [
    'Bedrock, a signature of yesterday',
    'bedrock',
    403,
    {
      message:
        'Signature expired: 20261127T090000Z is now earlier than 20261128T085500Z (20261128T090000Z - 5 min.)',
    },
    KEY,
    aws('InvalidSignatureException'),
  ],
  [
    'Bedrock, the model is being made ready',
    'bedrock',
    429,
    { message: 'Model is getting ready for inference. Wait and try your model invocation request again.' },
    LOADING,
    aws('ModelNotReadyException'),
  ],
  [
    'Azure, a quota of zero for the deployment',
    'azure',
    429,
    {
      error: {
        code: 'NoCapacity',
        message:
          'The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load.',
      },
    },
    BUSY,
  ],
  [
    'Azure, a key of another resource',
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
    'OpenRouter, too little for the prompt',
    'openrouter',
    402,
    {
      error: {
        code: 402,
        message:
          'Prompt tokens limit exceeded: 9000 > 3000. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account',
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenRouter, a slug that is none',
    'openrouter',
    400,
    { error: { code: 400, message: 'foo/bar-9 is not a valid model ID' } },
    NO_MODEL,
  ],
  [
    'OpenRouter, nobody takes all parameters',
    'openrouter',
    404,
    {
      error: {
        code: 404,
        message:
          'No endpoints found that can handle the requested parameters. To learn more about provider routing, visit: https://openrouter.ai/docs/provider-routing',
      },
    },
    NO_MODEL,
  ],
  [
    'Groq, a day’s tokens',
    'groq',
    429,
    {
      error: {
        message:
          'Rate limit reached for model `x` in organization `org` service tier `on_demand` on tokens per day (TPD): Limit 100000, Used 99800, Requested 2000. Please try again in 25m55.2s.',
        type: 'tokens',
        code: 'rate_limit_exceeded',
      },
    },
    LIMITED,
  ],
  [
    'Groq, an organisation that is restricted',
    'groq',
    400,
    {
      error: {
        message:
          'Organization has been restricted. Please reach out to support if you believe this was in error.',
        type: 'invalid_request_error',
        code: 'organization_restricted',
      },
    },
    KEY,
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
    BAD,
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
    BUSY,
  ],
  [
    'Portkey, a guard that said no',
    undefined,
    446,
    {
      error: {
        message:
          'The guardrail checks defined in the config failed. You can find more information in the `hook_results` object.',
        type: 'hooks_failed',
        param: null,
        code: null,
      },
    },
    REFUSED,
  ],
  [
    'Kong, a plug-in that wants a key',
    undefined,
    401,
    { message: 'No API key found in request', request_id: 'x' },
    KEY,
  ],
  ['Traefik, nothing behind it', undefined, 502, 'Bad Gateway', BUSY],
  [
    'Squid, the host is not allowed',
    'openai',
    403,
    '<html><head><title>ERROR: The requested URL could not be retrieved</title></head><body><p>Access control configuration prevents your request from being allowed at this time.</p></body></html>',
    PAGE,
  ],
  [
    'llama.cpp, slots are all in use',
    undefined,
    503,
    { error: { code: 503, message: 'no slot available', type: 'unavailable_error' } },
    BUSY,
  ],
  [
    'LM Studio, another path',
    undefined,
    200,
    { error: 'Unexpected endpoint or method. (POST /chat/completions)' },
    ADDRESS,
  ],
];

export const VENDOR_SIBLINGS: readonly RefusalCase[] = ROWS.map(
  ([from, provider, status, body, want, headers]) => ({
    from,
    ...(provider !== undefined && { provider }),
    status,
    body,
    want,
    ...(headers && { headers }),
  }),
);
