import type { Dialect } from '../../server/sandbox/routes.ts';
import type { Rule } from './script.ts';

const ABSURD = { negative: [-1, -7], huge: [1e308, 1e308], text: ['many', '12'] } as const;

/** A usage that no provider can mean, in the names that the dialect has for its counts. */
export function usageOf(
  usage: Rule['usage'],
  dialect: Dialect,
): Record<string, unknown> | 'missing' | undefined {
  if (usage === undefined || usage === 'missing' || typeof usage === 'object') return usage;
  const [input, output] = ABSURD[usage];
  if (dialect === 'anthropic') {
    const cached = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
    return { input_tokens: input, ...cached, output_tokens: output };
  }
  if (dialect === 'gemini') return { promptTokenCount: input, candidatesTokenCount: output };
  if (dialect === 'converse') return { inputTokens: input, outputTokens: output };
  if (dialect === 'responses') return { input_tokens: input, output_tokens: output };
  const total = typeof input === 'number' ? input + Number(output) : input;
  return { prompt_tokens: input, completion_tokens: output, total_tokens: total };
}
