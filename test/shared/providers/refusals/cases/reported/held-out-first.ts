import type { Row } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  LOADING,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  PAGE,
  REFUSED,
  REJECTED,
  TIMEOUT,
} from '../wants.ts';

const page = (title: string, text = ''): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** Forty that were judged before they were read: 2026-11-28, first round. */
export const HELD_OUT_FIRST: readonly Row[] = [
  [
    'OpenAI, project archived',
    'openai',
    401,
    {
      error: {
        message: 'The project you are requesting has been archived and is no longer accessible.',
        type: 'invalid_request_error',
        param: null,
        code: 'project_archived',
      },
    },
    REJECTED,
  ],
  [
    'OpenAI, IP list',
    'openai',
    401,
    {
      error: {
        message: 'Your IP address 203.0.113.7 is not on the allowlist for this organization.',
        type: 'invalid_request_error',
        code: 'ip_not_authorized',
      },
    },
    NO_ACCESS,
  ],
  [
    'OpenAI, spend',
    'openai',
    429,
    {
      error: {
        message:
          'Your project has reached its monthly spend limit. Raise it at platform.openai.com/settings.',
        type: 'insufficient_quota',
        code: 'project_spend_limit_reached',
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenAI, prompt',
    'openai',
    400,
    {
      error: {
        message: 'Invalid prompt: your prompt was flagged as potentially violating our usage policy.',
        type: 'invalid_request_error',
        code: 'invalid_prompt',
      },
    },
    REFUSED,
  ],
  [
    'OpenAI, engine',
    'openai',
    503,
    {
      error: {
        message: 'That model is currently overloaded with other requests. You can retry your request.',
        type: 'server_error',
        code: null,
      },
    },
    OVERLOADED,
  ],
  [
    'Azure, key or region',
    'azure',
    401,
    {
      error: {
        code: '401',
        message:
          'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription.',
      },
    },
    REJECTED,
  ],
  [
    'Azure, firewall',
    'azure',
    403,
    { error: { code: '403', message: 'Access denied due to Virtual Network/Firewall rules.' } },
    NO_ACCESS,
  ],
  [
    'Azure, policy',
    'azure',
    400,
    {
      error: {
        code: 'content_filter',
        message:
          'The response was filtered due to the prompt triggering Azure OpenAI’s content management policy.',
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    },
    REFUSED,
  ],
  [
    'Anthropic, low balance',
    'anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
      },
    },
    NO_CREDIT,
  ],
  [
    'Anthropic, workspace limit',
    'anthropic',
    400,
    {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message:
          'This workspace has reached its API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
      },
    },
    NO_CREDIT,
  ],
  [
    'Anthropic, organization',
    'anthropic',
    403,
    { type: 'error', error: { type: 'permission_error', message: 'This organization has been disabled.' } },
    REJECTED,
  ],
  [
    'Anthropic, OAuth',
    'anthropic',
    401,
    {
      type: 'error',
      error: { type: 'authentication_error', message: 'OAuth authentication is currently not supported.' },
    },
    REJECTED,
  ],
  [
    'Gemini, location',
    'google',
    400,
    {
      error: {
        code: 400,
        message: 'User location is not supported for the API use.',
        status: 'FAILED_PRECONDITION',
      },
    },
    NO_ACCESS,
  ],
  [
    'Gemini, service off',
    'google',
    403,
    {
      error: {
        code: 403,
        message:
          'Generative Language API has not been used in project 1234 before or it is disabled. Enable it by visiting the console.',
        status: 'PERMISSION_DENIED',
        details: [{ reason: 'SERVICE_DISABLED' }],
      },
    },
    NO_ACCESS,
  ],
  [
    'Gemini, key restricted',
    'google',
    403,
    {
      error: {
        code: 403,
        message: 'Requests from referer <empty> are blocked.',
        status: 'PERMISSION_DENIED',
        details: [{ reason: 'API_KEY_HTTP_REFERRER_BLOCKED' }],
      },
    },
    NO_ACCESS,
  ],
  [
    'Gemini, tokens',
    'google',
    400,
    {
      error: {
        code: 400,
        message: 'The input token count (1200311) exceeds the maximum number of tokens allowed (1048576).',
        status: 'INVALID_ARGUMENT',
      },
    },
    CONTEXT,
  ],
  ['Mistral, unauthorized', 'mistral', 401, { detail: 'Unauthorized' }, REJECTED],
  [
    'Mistral, model',
    'mistral',
    400,
    {
      object: 'error',
      message: 'Invalid model: mistral-huge',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    NO_MODEL,
  ],
  [
    'Mistral, capacity',
    'mistral',
    429,
    {
      object: 'error',
      message: 'Service tier capacity exceeded for this model.',
      type: 'service_tier_capacity_exceeded',
      code: '3505',
    },
    OVERLOADED,
  ],
  [
    'Groq, terms',
    'groq',
    400,
    {
      error: {
        message:
          'The model `canopylabs/orpheus` requires terms acceptance. Please have the org admin accept the terms.',
        type: 'invalid_request_error',
        code: 'model_terms_required',
      },
    },
    NO_ACCESS,
  ],
  [
    'Groq, model blocked',
    'groq',
    403,
    {
      error: {
        message:
          'The model `openai/gpt-oss-120b` is blocked at the project level. Please have a project admin enable this model.',
        type: 'permissions_error',
        code: 'model_permission_blocked_project',
      },
    },
    NO_ACCESS,
  ],
  [
    'Groq, organization',
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
    REJECTED,
  ],
  [
    'Cohere, trial',
    'cohere',
    429,
    {
      message:
        'You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key.',
    },
    LIMITED,
  ],
  ['Cohere, token', 'cohere', 401, { message: 'no api key supplied' }, REJECTED],
  [
    'Cohere, length',
    'cohere',
    400,
    {
      message:
        'too many tokens: total number of tokens in the prompt cannot exceed 132096 - received 150000.',
    },
    CONTEXT,
  ],
  [
    'Together, model',
    'together',
    400,
    {
      error: {
        message:
          'Unable to access non-serverless model meta-llama/Llama-9. Please visit to create and start a new dedicated endpoint for the model.',
        type: 'invalid_request_error',
        code: 'model_not_available',
      },
    },
    NO_MODEL,
  ],
  [
    'Together, payment',
    'together',
    402,
    {
      error: {
        message: 'Credit limit exceeded, please add a payment method to continue.',
        type: 'credit_limit',
        code: null,
      },
    },
    NO_CREDIT,
  ],
  [
    'OpenRouter, data policy',
    'openrouter',
    404,
    {
      error: {
        message:
          'No endpoints found matching your data policy (Free model publication). Configure: https://openrouter.ai/settings/privacy',
        code: 404,
      },
    },
    NO_MODEL,
  ],
  [
    'OpenRouter, afford',
    'openrouter',
    402,
    {
      error: {
        message:
          'This request requires more credits, or fewer max_tokens. You requested up to 32000 tokens, but can only afford 1245.',
        code: 402,
      },
    },
    NO_CREDIT,
  ],
  ['OpenRouter, key off', 'openrouter', 401, { error: { message: 'User not found.', code: 401 } }, REJECTED],
  [
    'vLLM, length',
    undefined,
    400,
    {
      object: 'error',
      message:
        "'max_tokens' or 'max_completion_tokens' is too large: 16000. This model's maximum context length is 8192 tokens and your request has 900 input tokens (16000 > 8192 - 900).",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    OUTPUT,
  ],
  [
    'vLLM, model',
    undefined,
    404,
    {
      error: {
        message: 'The model `qwen3` does not exist.',
        type: 'NotFoundError',
        param: 'model',
        code: 404,
      },
    },
    NO_MODEL,
  ],
  [
    'LiteLLM, budget',
    undefined,
    400,
    {
      error: {
        message: 'Budget has been exceeded! Current cost: 10.02, Max budget: 10.0',
        type: 'budget_exceeded',
        param: null,
        code: '400',
      },
    },
    NO_CREDIT,
  ],
  [
    'LiteLLM, team model',
    undefined,
    401,
    {
      error: {
        message:
          "team not allowed to access model. This team can only access models=['gpt-5']. Tried to access claude-x",
        type: 'team_model_access_denied',
        param: 'model',
        code: '401',
      },
    },
    NO_ACCESS,
  ],
  [
    'Ollama, loading',
    undefined,
    503,
    { error: 'server busy, please try again. maximum pending requests exceeded' },
    OVERLOADED,
  ],
  [
    'llama.cpp, loading',
    undefined,
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    LOADING,
  ],
  [
    'Cloudflare, 524',
    'openrouter',
    524,
    page('A timeout occurred', 'The origin web server timed out responding to this request. Error code 524'),
    TIMEOUT,
  ],
  ['nginx, too large page', undefined, 405, page('405 Not Allowed', 'nginx/1.27'), ADDRESS],
  [
    'Cloudflare, challenge',
    'groq',
    403,
    page('Just a moment...', 'Enable JavaScript and cookies to continue'),
    PAGE,
  ],
  ['Kong, consumer', undefined, 429, { message: 'API rate limit exceeded', request_id: 'a1' }, LIMITED],
  [
    'Portkey, field',
    undefined,
    400,
    { status: 'failure', message: 'Either x-portkey-config or x-portkey-provider header is required' },
    BAD_REQUEST,
  ],
];
