import type { Row } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  LIMITED,
  LOADING,
  NO_ACCESS,
  NO_CREDIT,
  NO_MODEL,
  OUTPUT,
  OVERLOADED,
  PAGE,
  TIMEOUT,
} from '../wants.ts';

const page = (title: string, text = ''): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>`;

/** Judged before they were read, 2026-11-28, first round: one’s own servers, gateways and boxes on the way. */
export const FIRST_ON_THE_WAY: readonly Row[] = [
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
