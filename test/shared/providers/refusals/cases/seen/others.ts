import { anthropicAnswer, googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const OTHERS: readonly RefusalCase[] = [
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
    body: anthropicAnswer('overloaded_error', 'Overloaded'),
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
    body: googleArray(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
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
