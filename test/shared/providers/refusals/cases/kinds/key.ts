import { anthropic, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { NO_ACCESS, NO_CREDIT, REJECTED } from '../wants.ts';

export const REJECTED_KEYS: readonly Row[] = [
  [
    'OpenAI, a key of a project that is archived',
    'openai',
    401,
    openAi('The project you are requesting has been archived and is no longer accessible.', {
      code: 'project_archived',
    }),
    REJECTED,
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
    REJECTED,
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
    REJECTED,
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
    REJECTED,
    { 'x-amzn-errortype': 'AccessDeniedException' },
  ],
  [
    'Bedrock, a key for another region',
    'bedrock',
    403,
    { Message: 'Authentication failed: Please make sure your API Key is valid.' },
    REJECTED,
  ],
  ['Groq', 'groq', 401, openAi('Invalid API Key', { code: 'invalid_api_key' }), REJECTED],
  [
    'Groq, an organisation that was closed',
    'groq',
    400,
    openAi(
      'Organization has been restricted. Please reach out to support if you believe this was in error.',
      { code: 'organization_restricted' },
    ),
    REJECTED,
  ],
  [
    'OpenRouter, a key that was switched off',
    'openrouter',
    401,
    { error: { message: 'User not found.', code: 401 } },
    REJECTED,
  ],
  ['Mistral', 'mistral', 401, { message: 'Unauthorized', request_id: 'x' }, REJECTED],
  ['Mistral’s gateway', 'mistral', 401, { detail: 'Unauthorized' }, REJECTED],
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
    REJECTED,
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
    REJECTED,
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
    REJECTED,
  ],
  [
    'LiteLLM, no key',
    undefined,
    401,
    openAi('Authentication Error, No api key passed in.', { type: 'auth_error', code: '401' }),
    REJECTED,
  ],
  ['vLLM with --api-key', undefined, 401, { error: 'Unauthorized' }, REJECTED],
  [
    'Cloudflare AI Gateway, its own token',
    undefined,
    401,
    { success: false, result: [], messages: [], error: [{ code: 2009, message: 'Unauthorized' }] },
    REJECTED,
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
    REJECTED,
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
    REJECTED,
  ],
  [
    'xAI, a key that was blocked',
    'xai',
    403,
    {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'The API key has been disabled or blocked. Please contact your team admin.',
    },
    REJECTED,
  ],
  ['Anthropic', 'anthropic', 401, anthropic('authentication_error', 'invalid x-api-key'), REJECTED],
];
