import type { ModelCall } from '../../compose/ask.ts';
import type { ConverseWire } from '../vendor.ts';
import { ANTHROPIC_SUBSET, fitSchema } from './fit-schema.ts';
import { schemaRule } from './schema-rule.ts';

/**
 * The body of `ConverseStream`. The schema goes into `outputConfig` for models that enforce it, else into the prompt. Source: AWS, Bedrock
 * API reference.
 */
export function converseBody({ converse }: ConverseWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const enforced = schema && converse.schemaFor.test(model);
  return {
    system: [{ text: schema && !enforced ? call.system + schemaRule(schema.json) : call.system }],
    messages: [{ role: 'user', content: [{ text: call.user }] }],
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
