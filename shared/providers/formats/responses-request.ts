import type { ModelCall } from '../../compose/ask.ts';
import type { ResponsesWire } from '../vendor.ts';
import { schemaRule, strictSchema } from './schema-rule.ts';

/** It takes no fewer. */
const LEAST_RESPONSES_TOKENS = 16;

export function responsesBody({ responses }: ResponsesWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const { structured, schemaInPrompt, extra } = responses;
  const inPrompt = schema && (schemaInPrompt || structured !== 'json_schema');
  return {
    model,
    stream: true,
    // Kept for thirty days unless told otherwise.
    store: false,
    max_output_tokens: Math.max(LEAST_RESPONSES_TOKENS, call.maxOutputTokens),
    instructions: inPrompt ? call.system + schemaRule(schema.json) : call.system,
    input: [{ role: 'user', content: call.user }],
    ...(schema &&
      structured !== 'prompt' && {
        text: {
          format:
            structured === 'json_schema'
              ? { type: 'json_schema', ...strictSchema(schema) }
              : { type: 'json_object' },
        },
      }),
    ...extra,
  };
}
