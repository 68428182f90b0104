import { openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import {
  ADDRESS,
  BAD_REQUEST,
  CONTEXT,
  LIMITED,
  LOADING,
  NO_CREDIT,
  OUTPUT,
  OVERLOADED,
  REJECTED,
} from '../wants.ts';

/** Servers of one’s own: vLLM, Ollama, llama.cpp and such. */
export const OWN_SERVERS: readonly Row[] = [
  [
    'vLLM, a schema that its grammar has no words for',
    undefined,
    400,
    {
      object: 'error',
      message: 'Grammar error: Unimplemented keys: ["uniqueItems"]',
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
    BAD_REQUEST,
  ],
  [
    'vLLM, context',
    undefined,
    400,
    {
      object: 'error',
      message:
        "'max_tokens' or 'max_completion_tokens' is too large: 12000. This model's maximum context length is 8192 tokens and your request has 900 input tokens (12000 > 8192 - 900).",
      type: 'BadRequestError',
      code: 400,
    },
    OUTPUT,
  ],
  ['vLLM, a key that it wants', undefined, 401, { error: 'Unauthorized' }, REJECTED],
  [
    'Ollama, not enough memory',
    undefined,
    500,
    {
      error: {
        message: 'model requires more system memory (38.4 GiB) than is available (15.2 GiB)',
        type: 'api_error',
        param: null,
        code: null,
      },
    },
    OVERLOADED,
  ],
  [
    'llama.cpp, starting up',
    undefined,
    503,
    { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } },
    LOADING,
  ],
  [
    'LM Studio, a crash while it loads',
    undefined,
    400,
    {
      error:
        'Error in channel handler: Error: Model loading was stopped due to insufficient system resources.',
    },
    OVERLOADED,
  ],
  [
    'LiteLLM, every deployment is cooling down',
    undefined,
    429,
    openAi(
      "litellm.RateLimitError: No deployments available for selected model, Try again in 5 seconds. Passed model=gpt-6. pre-call-checks=False, cooldown_list=['x']",
      { type: 'throttling_error', code: '429' },
    ),
    LIMITED,
  ],
  [
    'LiteLLM, the team’s budget',
    undefined,
    400,
    openAi('Budget has been exceeded! Team=x Current cost: 10.2, Max budget: 10.0', {
      type: 'budget_exceeded',
      code: '400',
    }),
    NO_CREDIT,
  ],
  [
    'LiteLLM, context of the model behind',
    undefined,
    400,
    openAi(
      'litellm.ContextWindowExceededError: AnthropicError - prompt is too long: 210000 tokens > 200000 maximum. Received Model Group=x',
    ),
    CONTEXT,
  ],
  [
    'llama.cpp, slots are all in use',
    undefined,
    503,
    { error: { code: 503, message: 'no slot available', type: 'unavailable_error' } },
    OVERLOADED,
  ],
  [
    'LM Studio, another path',
    undefined,
    200,
    { error: 'Unexpected endpoint or method. (POST /chat/completions)' },
    ADDRESS,
  ],
];
