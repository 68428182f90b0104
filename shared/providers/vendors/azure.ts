import type { OpenAiVendor } from '../vendor.ts';
import { OPENAI_FAMILIES } from './openai.ts';

/**
 * OpenAI's models on the user's own Azure resource, whose host is checked against Microsoft's domains. Model names are names of
 * deployments. Source: learn.microsoft.com, Azure OpenAI v1 API.
 */
export const AZURE: OpenAiVendor = {
  id: 'azure',
  name: 'Azure OpenAI',
  format: 'openai',
  origin: 'https://{site}',
  fixedOrigin: false,
  site: {
    label: 'Resource',
    hint: 'my-resource, or its host such as my-resource.services.ai.azure.com',
    pattern: /^[a-z0-9][a-z0-9.-]{1,98}$/,
    hosts: {
      of: '{site}.openai.azure.com',
      allowed:
        /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])\.(?:openai\.azure\.com|services\.ai\.azure\.com|cognitiveservices\.azure\.com|openai\.azure\.us)$/,
    },
  },
  path: '/openai/v1/chat/completions',
  auth: { header: 'api-key', prefix: '' },
  key: 'required',
  keyHint: 'The resource’s key 1 or 2',
  keysUrl: 'https://ai.azure.com',
  sees: 'Your Azure resource sees your goal, the plan and the drafts, and your key.',
  headers: {},
  requestIdHeaders: ['apim-request-id', 'x-request-id'],
  // Its /models lists models, not the resource's deployments: a deployment is only known by calling it.
  check: { oneToken: 1 },
  prices: { table: 'azure', offer: 'openai', by: 'answered', families: OPENAI_FAMILIES },
  chat: {
    maxTokens: 'max_completion_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    streamOptions: { include_usage: true },
    extra: {},
  },
};
