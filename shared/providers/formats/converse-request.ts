import type { ModelCall } from '../../compose/ask.ts';
import { markedParts } from '../prompt-cache.ts';
import type { ConverseWire, Vendor } from '../vendor.ts';
import { ANTHROPIC_SUBSET, fitSchema } from './fit-schema.ts';
import { systemText } from './schema-rule.ts';

/**
 * The body of `ConverseStream`. The schema goes into `outputConfig` for models that enforce it, else into the prompt. Source: AWS, Bedrock
 * API reference.
 */
export function converseBody(vendor: Vendor & ConverseWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const { converse } = vendor;
  const enforced = schema && converse.schemaFor.test(model);
  return {
    system: [{ text: systemText(call, enforced === true) }],
    messages: [{ role: 'user', content: contentOf(vendor, model, call) }],
    inferenceConfig: { maxTokens: call.maxOutputTokens },
    ...(enforced && {
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          // Converse takes the schema as a string.
          structure: {
            jsonSchema: {
              name: schema.name,
              schema: JSON.stringify(fitSchema(schema.json, ANTHROPIC_SUBSET)),
            },
          },
        },
      },
    }),
  };
}

function contentOf(vendor: Vendor, model: string, call: ModelCall): readonly object[] {
  const parts = markedParts(vendor, model, call);
  if (!parts) return [{ text: call.user }];
  const [shared, own] = parts;
  return [{ text: shared }, { cachePoint: { type: 'default' } }, { text: own }];
}
