import type { Row } from '../refusal-case.ts';
import { CONTEXT, NO_ACCESS, NO_CREDIT, OVERLOADED, REFUSED, REJECTED } from '../wants.ts';

/** Judged before they were read, 2026-11-28, first round: OpenAI, Azure, Anthropic and Gemini. */
export const FIRST_LARGE_VENDORS: readonly Row[] = [
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
];
