import { anthropicAnswer, googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const REJECTED_KEYS: readonly RefusalCase[] = [
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
    body: googleArray(400, 'INVALID_ARGUMENT', 'API Key not found. Please pass a valid API key.'),
    want: 'key_rejected/',
  },
  {
    from: 'Google without a key',
    provider: 'google',
    status: 403,
    body: googleArray(
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
    body: googleArray(
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
    body: anthropicAnswer(
      'permission_error',
      'Your account has been disabled after an automatic review of your recent activities.',
    ),
    want: 'key_rejected/',
  },
  {
    from: 'Anthropic, a disabled organisation at 400',
    provider: 'anthropic',
    status: 400,
    body: anthropicAnswer('invalid_request_error', 'This organization has been disabled.'),
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
