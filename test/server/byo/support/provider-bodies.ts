/** How a run is sent to each provider of the catalogue, and how its keys begin. */
export const PROVIDERS = {
  anthropic: { prefix: 'sk-ant-api03-', body: { provider: 'anthropic', model: 'claude-x' } },
  openai: { prefix: 'sk-proj-', body: { provider: 'openai', model: 'gpt-x' } },
  openrouter: { prefix: 'sk-or-v1-', body: { provider: 'openrouter', model: 'some/model' } },
  google: { prefix: 'AQ.', body: { provider: 'google', model: 'gemini-x' } },
  groq: { prefix: 'gsk_', body: { provider: 'groq', model: 'llama-x' } },
  azure: { prefix: '', body: { provider: 'azure', model: 'my-deployment', site: 'my-resource' } },
  bedrock: { prefix: 'ABSK', body: { provider: 'bedrock', model: 'openai.gpt-oss-120b', site: 'us-east-1' } },
  'bedrock-converse': {
    prefix: 'ABSK',
    body: { provider: 'bedrock-converse', model: 'us.amazon.nova-pro-v1:0', site: 'us-east-1' },
  },
  cohere: { prefix: '', body: { provider: 'cohere', model: 'command-x' } },
} as const;

export type ProviderName = keyof typeof PROVIDERS;
// as: the table's own keys
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[];
