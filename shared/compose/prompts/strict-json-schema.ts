import * as z from 'zod/mini';

// What OpenAI's strict mode and Anthropic's and Gemini's schema modes all take. Bounds are left out: one of them refuses each, and
// every answer is validated again anyway.
const KEYWORDS = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'anyOf',
  'description',
]);

/** The JSON Schema of an answer for strict modes: every property required, nothing additional, no other keywords. */
export function strictJsonSchema(schema: z.core.$ZodType): Readonly<Record<string, unknown>> {
  const json = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const keyword of Object.keys(jsonSchema))
        if (!KEYWORDS.has(keyword)) Reflect.deleteProperty(jsonSchema, keyword);
      if (jsonSchema.properties) {
        jsonSchema.required = Object.keys(jsonSchema.properties);
        jsonSchema.additionalProperties = false;
      }
    },
  });
  return Object.fromEntries(Object.entries(json).filter(([keyword]) => KEYWORDS.has(keyword)));
}
