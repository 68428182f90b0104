import type { ModelCall } from '../compose/ask.ts';
import { ANTHROPIC_SUBSET, fitSchema, OPENAI_SUBSET } from './fit-schema.ts';
import type { AnthropicVendor, OpenAiVendor, Vendor } from './vendor.ts';

/** A request as the transport sends it, but for the auth header, which is not known here. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The answer is to be JSON. */
  readonly json?: boolean;
}

/** The streaming request of a model call in a vendor's own words. Never with sampling parameters, which newer models refuse. */
export function buildRequest(vendor: Vendor, model: string, call: ModelCall): WireRequest {
  const body =
    vendor.format === 'anthropic' ? messagesBody(vendor, model, call) : chatBody(vendor, model, call);
  const path = vendor.paths?.find((one) => one.model.test(model))?.path ?? vendor.path;
  return {
    method: 'POST',
    path,
    headers: vendor.headers,
    body: JSON.stringify(body),
    ...(call.schema && { json: true }),
  };
}

function messagesBody({ messages }: AnthropicVendor, model: string, call: ModelCall): object {
  const { schema } = call;
  const enforced = schema && messages.structured === 'json_schema' && !messages.promptOnly?.test(model);
  return {
    model,
    max_tokens: call.maxOutputTokens,
    stream: true,
    system: schema && !enforced ? call.system + schemaRule(schema.json) : call.system,
    messages: [{ role: 'user', content: call.user }],
    ...(enforced && {
      output_config: { format: { type: 'json_schema', schema: fitSchema(schema.json, ANTHROPIC_SUBSET) } },
    }),
  };
}

function chatBody({ chat }: OpenAiVendor, model: string, call: ModelCall): object {
  const { schema } = call;
  const objectOnly = chat.structured === 'json_object' || chat.objectOnly?.test(model) === true;
  const system =
    schema && (objectOnly || chat.schemaInPrompt) ? call.system + schemaRule(schema.json) : call.system;
  const field = chat.maxTokensOf?.find((one) => one.model.test(model))?.field ?? chat.maxTokens;
  return {
    model,
    stream: true,
    ...(chat.streamOptions && { stream_options: chat.streamOptions }),
    [field]: call.maxOutputTokens,
    messages: chat.noSystemRole?.test(model)
      ? [{ role: 'user', content: `${system}\n\n${call.user}` }]
      : [
          { role: 'system', content: system },
          { role: 'user', content: call.user },
        ],
    ...(schema && { response_format: objectOnly ? { type: 'json_object' } : jsonSchema(schema) }),
    ...chat.extra,
    ...chat.extraOf?.find((one) => one.model.test(model))?.extra,
  };
}

function jsonSchema({ name, json }: NonNullable<ModelCall['schema']>): object {
  return { type: 'json_schema', json_schema: { name, strict: true, schema: fitSchema(json, OPENAI_SUBSET) } };
}

/** Groq and OpenAI refuse `json_object` unless a message says JSON. */
function schemaRule(json: Readonly<Record<string, unknown>>): string {
  return `\n\nAnswer with one JSON object and nothing else: no code fence, no text before or after it. It fits this JSON Schema:\n${JSON.stringify(json)}`;
}
