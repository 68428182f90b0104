import { MODEL } from './answer.ts';
import type { Dialect } from './routes.ts';

const CREATED = '2026-11-21T00:00:00Z';
const CONTEXT_TOKENS = 200_000;
const OUTPUT_TOKENS = 32_000;

/** The list of models, in the shape of each vendor. */
export function modelList(dialect: Dialect): unknown {
  const model = modelNamed(dialect, MODEL);
  switch (dialect) {
    case 'anthropic':
      return { data: [model], has_more: false, first_id: MODEL, last_id: MODEL };
    case 'cohere':
    case 'cohere-chat':
    case 'gemini':
      return { models: [model] };
    case 'openrouter':
      return { data: [model], links: { next: null }, total_count: 1 };
    default:
      return { object: 'list', data: [model] };
  }
}

/** One model of the list; the sandbox answers under every name. */
export function modelNamed(dialect: Dialect, id: string): unknown {
  if (dialect === 'anthropic')
    return {
      type: 'model',
      id,
      display_name: 'Sandbox',
      created_at: CREATED,
      max_input_tokens: CONTEXT_TOKENS,
      max_tokens: OUTPUT_TOKENS,
    };
  if (dialect === 'cohere' || dialect === 'cohere-chat')
    return { name: id, endpoints: ['chat'], context_length: CONTEXT_TOKENS, is_deprecated: false };
  if (dialect === 'gemini')
    return {
      name: `models/${id}`,
      displayName: 'Sandbox',
      inputTokenLimit: CONTEXT_TOKENS,
      outputTokenLimit: OUTPUT_TOKENS,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    };
  const model = { id, object: 'model', created: Date.parse(CREATED) / 1000, owned_by: 'oneturn' };
  if (dialect === 'openrouter')
    return {
      ...model,
      name: 'Sandbox',
      canonical_slug: id,
      description: 'Answers by rules, without a model.',
      context_length: CONTEXT_TOKENS,
      architecture: {
        modality: 'text->text',
        input_modalities: ['text'],
        output_modalities: ['text'],
        tokenizer: 'Other',
        instruct_type: null,
      },
      default_parameters: null,
      links: { details: `/api/v1/models/${id}/endpoints` },
      per_request_limits: null,
      pricing: { prompt: '0', completion: '0', request: '0', image: '0' },
      supported_parameters: [
        'max_tokens',
        'response_format',
        'stop',
        'structured_outputs',
        'tools',
        'tool_choice',
      ],
      supported_voices: null,
      top_provider: {
        context_length: CONTEXT_TOKENS,
        max_completion_tokens: OUTPUT_TOKENS,
        is_moderated: false,
      },
    };
  return dialect === 'groq' ? { ...model, active: true, context_window: CONTEXT_TOKENS } : model;
}
