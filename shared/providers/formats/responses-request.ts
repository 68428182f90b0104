import type { ModelCall } from '../../compose/ask.ts';
import type { ResponsesWire, Vendor } from '../vendor.ts';
import { cacheOptions, userContent } from './marked-content.ts';
import { strictSchema, systemText } from './schema-rule.ts';

/** OpenAI refuses a smaller `max_output_tokens`. */
const LEAST_RESPONSES_TOKENS = 16;

/** The body of a streaming request to `/v1/responses`, with storing switched off. Source: OpenAI, API reference. */
export function responsesBody(vendor: Vendor & ResponsesWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const { structured, schemaInPrompt, extra } = vendor.responses;
  return {
    model,
    stream: true,
    // OpenAI keeps responses for thirty days unless this is false.
    store: false,
    max_output_tokens: Math.max(LEAST_RESPONSES_TOKENS, call.maxOutputTokens),
    instructions: systemText(call, structured === 'json_schema' && !schemaInPrompt),
    input: [{ role: 'user', content: userContent(vendor, model, call, 'input_text') }],
    ...(call.effort && vendor.effort && { reasoning: { effort: call.effort } }),
    ...cacheOptions(vendor, model),
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
