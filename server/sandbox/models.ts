import { MODEL } from './answer.ts';
import type { Dialect } from './routes.ts';

const CREATED = '2026-11-21T00:00:00Z';
const CONTEXT_TOKENS = 200_000;
const OUTPUT_TOKENS = 32_000;

/** The list of models, in the shape of each vendor. */
export function modelList(dialect: Dialect): unknown {
  if (dialect === 'anthropic') {
    const model = {
      type: 'model',
      id: MODEL,
      display_name: 'Sandbox',
      created_at: CREATED,
      max_input_tokens: CONTEXT_TOKENS,
      max_tokens: OUTPUT_TOKENS,
    };
    return { data: [model], has_more: false, first_id: MODEL, last_id: MODEL };
  }
  if (dialect === 'cohere')
    return {
      models: [{ name: MODEL, endpoints: ['chat'], context_length: CONTEXT_TOKENS, is_deprecated: false }],
    };
  if (dialect === 'gemini') {
    const model = {
      name: `models/${MODEL}`,
      displayName: 'Sandbox',
      inputTokenLimit: CONTEXT_TOKENS,
      outputTokenLimit: OUTPUT_TOKENS,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    };
    return { models: [model] };
  }
  const model = { id: MODEL, object: 'model', created: Date.parse(CREATED) / 1000, owned_by: 'oneturn' };
  if (dialect === 'openrouter') {
    return {
      data: [
        {
          ...model,
          name: 'Sandbox',
          context_length: CONTEXT_TOKENS,
          pricing: { prompt: '0', completion: '0' },
          supported_parameters: ['response_format', 'structured_outputs'],
        },
      ],
    };
  }
  if (dialect === 'groq')
    return { object: 'list', data: [{ ...model, active: true, context_window: CONTEXT_TOKENS }] };
  return { object: 'list', data: [model] };
}
