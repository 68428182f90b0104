import { anthropic, google, openAi } from '../bodies.ts';
import type { Row } from '../refusal-case.ts';
import { NO_MODEL } from '../wants.ts';

export const MODELS: readonly Row[] = [
  [
    'OpenAI',
    'openai',
    404,
    openAi('The model `gpt-9` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    NO_MODEL,
  ],
  ['Anthropic', 'anthropic', 404, anthropic('not_found_error', 'model: claude-9'), NO_MODEL],
  [
    'Google',
    'google',
    404,
    google(
      404,
      'NOT_FOUND',
      'models/gemini-9 is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods.',
    ),
    NO_MODEL,
  ],
  [
    'Bedrock',
    'bedrock',
    400,
    { message: 'The provided model identifier is invalid.' },
    NO_MODEL,
    { 'x-amzn-errortype': 'ValidationException' },
  ],
  [
    'Bedrock, one at its end',
    'bedrock',
    404,
    {
      message:
        'This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days. Please upgrade to an active model.',
    },
    NO_MODEL,
    { 'x-amzn-errortype': 'ResourceNotFoundException' },
  ],
  [
    'Mistral',
    'mistral',
    400,
    {
      object: 'error',
      message: 'Invalid model: mistral-9',
      type: 'invalid_model',
      param: null,
      code: '1500',
    },
    NO_MODEL,
  ],
  ['DeepSeek', 'deepseek', 400, openAi('Model Not Exist'), NO_MODEL],
  [
    'xAI',
    'xai',
    404,
    {
      code: 'Some requested entity was not found',
      error: 'The model grok-9 does not exist or your team x does not have access to it.',
    },
    NO_MODEL,
  ],
  [
    'Together',
    'together',
    404,
    openAi(
      'Unable to access model x. Please visit https://api.together.ai/models to view the list of supported models.',
      { code: 'model_not_available' },
    ),
    NO_MODEL,
  ],
  [
    'Fireworks',
    'fireworks',
    404,
    {
      error: {
        object: 'error',
        type: 'invalid_request_error',
        code: 'NOT_FOUND',
        message: 'Model not found, inaccessible, and/or not deployed',
      },
    },
    NO_MODEL,
  ],
  ['Ollama', undefined, 404, openAi("model 'llama9' not found", { type: 'not_found_error' }), NO_MODEL],
  [
    'vLLM',
    undefined,
    404,
    {
      object: 'error',
      message: 'The model `x` does not exist.',
      type: 'NotFoundError',
      param: 'model',
      code: 404,
    },
    NO_MODEL,
  ],
  [
    'LM Studio',
    undefined,
    404,
    {
      error: {
        message: 'No models loaded. Please load a model in the developer page or use the `lms load` command.',
        type: 'invalid_request_error',
        param: 'model',
        code: 'model_not_found',
      },
    },
    NO_MODEL,
  ],
  [
    'Azure',
    'azure',
    404,
    {
      error: {
        code: 'DeploymentNotFound',
        message:
          'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
      },
    },
    NO_MODEL,
  ],
  [
    'Cohere',
    'cohere',
    404,
    {
      message:
        "model 'command-9' not found, make sure the correct model ID was used and that you have access to the model.",
    },
    NO_MODEL,
  ],
  [
    'Cloudflare Workers AI',
    undefined,
    400,
    { success: false, errors: [{ code: 5007, message: 'No such model @cf/meta/llama-9 or task' }] },
    NO_MODEL,
  ],
  [
    'Ollama, a model that only embeds',
    undefined,
    400,
    openAi('"nomic-embed-text" does not support chat', { type: 'api_error' }),
    NO_MODEL,
  ],
  [
    'OpenAI, an old completion model',
    'openai',
    404,
    openAi(
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      { param: 'model' },
    ),
    NO_MODEL,
  ],
];
