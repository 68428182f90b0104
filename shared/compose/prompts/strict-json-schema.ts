import * as z from 'zod/mini';

// The JSON Schema subset that the strict modes of OpenAI, Anthropic and Gemini all accept. Bounds are left out, since each of them is
// refused by one vendor and every answer is validated again anyway.
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
