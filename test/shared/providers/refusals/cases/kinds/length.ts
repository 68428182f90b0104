import { anthropic, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { CONTEXT } from '../wants.ts';

export const LENGTHS: readonly Row[] = [
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
];
