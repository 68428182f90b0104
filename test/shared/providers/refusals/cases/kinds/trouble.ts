import { anthropic, google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { LOADING, NO_MODEL, OVERLOADED, TIMEOUT } from '../wants.ts';

export const TROUBLE: readonly Row[] = [
  ['Anthropic', 'anthropic', 529, anthropic('overloaded_error', 'Overloaded'), OVERLOADED],
  ['Anthropic, within', 'anthropic', 500, anthropic('api_error', 'Internal server error'), OVERLOADED],
  [
    'Google',
    'google',
    503,
    google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    OVERLOADED,
  ],
  [
    'Google, deadline',
    'google',
    504,
    google(504, 'DEADLINE_EXCEEDED', 'The request timed out. Please try again.'),
    TIMEOUT,
  ],
  [
    'Together',
    'together',
    503,
    openAi('The server is overloaded or not ready yet.', { type: 'service_unavailable' }),
    OVERLOADED,
  ],
  [
    'Groq',
    'groq',
    498,
    openAi('Flex tier capacity exceeded. Please try again later or use on_demand service tier.', {
      code: 'capacity_exceeded',
    }),
    OVERLOADED,
  ],
  [
    'OpenRouter, an upstream',
    'openrouter',
    502,
    {
      error: {
        message: 'Provider returned error',
        code: 502,
        metadata: { raw: 'upstream connect error or disconnect/reset before headers', provider_name: 'X' },
      },
    },
    OVERLOADED,
  ],
  [
    'Cloudflare’s page of 524',
    undefined,
    524,
    '<html><head><title>524: A timeout occurred</title></head></html>',
    TIMEOUT,
  ],
  [
    'Bedrock, a model that starts',
    'bedrock',
    429,
    { message: 'Model is not ready for inference. Please wait and try your request again.' },
    LOADING,
    { 'x-amzn-errortype': 'ModelNotReadyException' },
  ],
  ['vLLM behind a router', undefined, 503, { detail: 'No available backend pods' }, OVERLOADED],
  [
    'LM Studio, a model that failed to load',
    undefined,
    400,
    {
      error: {
        message: 'Failed to load model "x". Error: insufficient system resources.',
        type: 'invalid_request_error',
        code: 'model_not_loaded',
      },
    },
    NO_MODEL,
  ],
  [
    'Ollama, too little memory',
    undefined,
    500,
    openAi('model requires more system memory (12.0 GiB) than is available (7.5 GiB)', { type: 'api_error' }),
    OVERLOADED,
  ],
];
