import { anthropicAnswer, googleArray, openAi } from '../bodies.ts';
import type { RefusalCase } from '../refusal-case.ts';

export const MODELS: readonly RefusalCase[] = [
  {
    from: 'OpenAI',
    provider: 'openai',
    status: 404,
    body: openAi('The model `gpt-9` does not exist or you do not have access to it.', {
      code: 'model_not_found',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'OpenAI, no chat model',
    provider: 'openai',
    status: 404,
    body: openAi(
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      { param: 'model' },
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'OpenAI, responses only',
    provider: 'openai',
    status: 404,
    body: openAi('This model is only supported in v1/responses and not in v1/chat/completions.', {
      param: 'model',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'DeepSeek',
    status: 400,
    body: openAi('Model Not Exist', { code: 'invalid_request_error' }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Mistral',
    status: 400,
    body: {
      object: 'error',
      message: 'Invalid model: mistral-hughe',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'vLLM',
    status: 404,
    body: {
      object: 'error',
      message: 'The model `llama` does not exist.',
      type: 'NotFoundError',
      param: null,
      code: 404,
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Ollama’s own format',
    status: 404,
    body: { error: 'model "llama9" not found, try pulling it first' },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Together',
    status: 404,
    body: openAi(
      'Unable to access model foo/bar. Please visit https://api.together.ai/models to view the list of supported models.',
      { code: 'model_not_available' },
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Fireworks',
    status: 404,
    body: {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        code: 'NOT_FOUND',
        message: 'Model not found, inaccessible, and/or not deployed',
      },
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'xAI',
    status: 404,
    body: {
      code: 'Some requested entity was not found',
      error: 'The model grok-9 does not exist or your team 1b2c does not have access to it.',
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Hugging Face',
    status: 400,
    body: {
      error: {
        message: "The requested model 'foo/bar' is not supported by any provider you have enabled.",
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_supported',
      },
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Google',
    provider: 'google',
    status: 404,
    body: googleArray(
      404,
      'NOT_FOUND',
      'models/gemini-9 is not found for API version v1main, or is not supported for generateContent.',
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'LM Studio',
    status: 404,
    body: openAi(
      'No models loaded. Please load a model in the developer page or use the `lms load` command.',
    ),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Azure',
    provider: 'azure',
    status: 404,
    body: {
      error: { code: 'DeploymentNotFound', message: 'The API deployment for this resource does not exist.' },
    },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Bedrock, a typed name',
    provider: 'bedrock',
    status: 400,
    headers: { 'x-amzn-errortype': 'ValidationException' },
    body: { message: 'The provided model identifier is invalid.' },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Groq, decommissioned',
    provider: 'groq',
    status: 400,
    body: openAi('The model `mixtral-8x7b-32768` has been decommissioned and is no longer supported.', {
      code: 'model_decommissioned',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'Anthropic at its end',
    provider: 'anthropic',
    status: 404,
    body: anthropicAnswer('not_found_error', 'model: claude-3-opus-20240229'),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'new-api',
    status: 503,
    body: openAi('No available channel for model gpt-9 under group default (distributor)', {
      type: 'new_api_error',
    }),
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'OpenRouter',
    provider: 'openrouter',
    status: 400,
    body: { error: { message: 'foo/bar is not a valid model ID', code: 400 } },
    want: 'invalid_request/model_not_found',
  },
  {
    from: 'a plain line',
    status: 404,
    body: 'model "foo" not found',
    want: 'invalid_request/model_not_found',
  },
];
