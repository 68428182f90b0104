import { type Endpoint, endpointToVendor } from '../endpoint-to-vendor.ts';
import type { Vendor } from '../vendor.ts';

/** The Ollama of the machine that this server runs on, where the operator offers it. */
const ENDPOINT: Endpoint = {
  id: 'ollama',
  name: 'Ollama',
  format: 'openai',
  baseUrl: 'http://127.0.0.1:11434/v1',
  models: ['llama3.3', 'qwen3', 'gpt-oss', 'gemma3', 'mistral-small3.2'],
};

const vendor = endpointToVendor(ENDPOINT);

/** No key, no charge, and patience while a model is loaded. Source: github.com/ollama/ollama, docs/openai. */
export const OLLAMA: Vendor = {
  ...vendor,
  local: true,
  keyHint: 'No key needed',
  sees: 'Nothing leaves the machine that this server runs on, unless the model is one of Ollama’s cloud.',
  // Whatever it costs, nobody is charged for tokens.
  prices: { ...vendor.prices, table: 'free' },
};
