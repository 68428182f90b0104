import { anthropic, google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { BAD_REQUEST } from '../wants.ts';

export const FIELDS: readonly Row[] = [
  [
    'Mistral',
    'mistral',
    422,
    {
      object: 'error',
      message: {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'max_completion_tokens'],
            msg: 'Extra inputs are not permitted',
            input: 32000,
          },
        ],
      },
      type: 'invalid_request_error',
      param: null,
      code: null,
    },
    BAD_REQUEST,
  ],
  [
    'OpenAI',
    'openai',
    400,
    openAi(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      { code: 'unsupported_parameter', param: 'max_tokens' },
    ),
    BAD_REQUEST,
  ],
  ['DeepSeek', 'deepseek', 400, openAi('This response_format type is unavailable now'), BAD_REQUEST],
  [
    'Groq',
    'groq',
    400,
    openAi(
      'This model does not support response format `json_schema`. See supported models at https://console.groq.com/docs/structured-outputs#supported-models',
      { param: 'response_format' },
    ),
    BAD_REQUEST,
  ],
  [
    'Google',
    'google',
    400,
    google(
      400,
      'INVALID_ARGUMENT',
      'Invalid JSON payload received. Unknown name "store": Cannot find field.',
    ),
    BAD_REQUEST,
  ],
  [
    'Anthropic',
    'anthropic',
    400,
    anthropic('invalid_request_error', 'output_config.format: Extra inputs are not permitted'),
    BAD_REQUEST,
  ],
  [
    'LM Studio',
    undefined,
    400,
    { error: "'response_format.type' must be 'json_schema' or 'text'" },
    BAD_REQUEST,
  ],
  [
    'LiteLLM',
    undefined,
    400,
    openAi(
      "litellm.UnsupportedParamsError: ollama does not support parameters: ['stream_options'], for model=llama3.3. To drop these, set `litellm.drop_params=True`",
      { type: 'None', code: '400' },
    ),
    BAD_REQUEST,
  ],
  [
    'Fireworks',
    'fireworks',
    400,
    {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        message: "Extra inputs are not permitted, field: 'store', value: False",
      },
    },
    BAD_REQUEST,
  ],
];
