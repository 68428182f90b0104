import { googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const SIZES: readonly RefusalCase[] = [
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
    body: googleArray(
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
