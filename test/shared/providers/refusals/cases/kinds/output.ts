import { google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { OUTPUT } from '../wants.ts';

/** What the model may write. */
export const OUTPUTS: readonly Row[] = [
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
];
