import type { ModelCall } from '../../compose/ask.ts';
import { fitSchema, OPENAI_SUBSET } from './fit-schema.ts';

/** The schema as OpenAI's strict mode wants it. */
export function strictSchema({ name, json }: NonNullable<ModelCall['schema']>): object {
  return { name, strict: true, schema: fitSchema(json, OPENAI_SUBSET) };
}

/** The call's system prompt, which also tells of the schema where the vendor does not enforce it. */
export function systemText({ system, schema }: ModelCall, isEnforced: boolean): string {
  return schema && !isEnforced ? system + schemaRule(schema.json) : system;
}

/** The schema as a part of the prompt. Groq and OpenAI refuse `json_object` unless a message says JSON. */
export function schemaRule(json: Readonly<Record<string, unknown>>): string {
  return `\n\nAnswer with one JSON object and nothing else: no code fence, no text before or after it. It fits this JSON Schema:\n${JSON.stringify(json)}`;
}
