import type { ModelCall } from '../../compose/ask.ts';
import { type AnthropicWire, type OpenAiWire, type Vendor, vendorFor } from '../vendor.ts';
import { converseBody } from './converse-request.ts';
import { ANTHROPIC_SUBSET, fitSchema } from './fit-schema.ts';
import { geminiBody } from './gemini-request.ts';
import { cacheOptions, userContent } from './marked-content.ts';
import { responsesBody } from './responses-request.ts';
import { strictSchema, systemText } from './schema-rule.ts';

/** A request as the transport sends it, without the auth header, which is not known here. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the answer is to be JSON. */
  readonly json?: boolean;
}

/** The streaming request for a model call in a vendor's own format. Sampling parameters are never sent, since newer models refuse them. */
export function buildRequest(of: Vendor, model: string, call: ModelCall): WireRequest {
  const vendor = vendorFor(of, model);
  return {
    method: 'POST',
    path: vendor.path.replace('{model}', pathSegment(model)),
    headers: vendor.headers,
    body: JSON.stringify(bodyOf(vendor, model, call)),
    ...(call.schema && { json: true }),
  };
}

/** A model's id becomes exactly one segment of the path, whatever characters it has. */
function pathSegment(model: string): string {
  // A segment of dots alone would lead to another path.
  return encodeURIComponent(model.replace(/^models\//, '')).replace(/^\.+$/, '-');
}

function bodyOf(vendor: Vendor, model: string, call: ModelCall): object {
  switch (vendor.format) {
    case 'anthropic':
      return messagesBody(vendor, model, call);
    case 'openai':
      return chatBody(vendor, model, call);
    case 'responses':
      return responsesBody(vendor, model, call);
    case 'gemini':
      return geminiBody(vendor, model, call);
    case 'converse':
      return converseBody(vendor, model, call);
  }
}

function messagesBody(vendor: Vendor & AnthropicWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const { messages } = vendor;
  const effort = call.effort && vendor.effort?.field === 'output_config' && { effort: call.effort };
  const enforced = schema && messages.structured === 'json_schema' && !messages.promptOnly?.test(model);
  return {
    model,
    max_tokens: call.maxOutputTokens,
    stream: true,
    system: systemText(call, enforced === true),
    messages: [{ role: 'user', content: userContent(vendor, model, call) }],
    ...((enforced || effort) && {
      output_config: {
        ...effort,
        ...(enforced && {
          format: { type: 'json_schema', schema: fitSchema(schema.json, ANTHROPIC_SUBSET) },
        }),
      },
    }),
  };
}

function chatBody(vendor: Vendor & OpenAiWire, model: string, call: ModelCall): object {
  const { schema } = call;
  const { chat } = vendor;
  const objectOnly = chat.structured === 'json_object' || chat.objectOnly?.test(model) === true;
  const system = systemText(call, !objectOnly && !chat.schemaInPrompt);
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
          { role: 'user', content: userContent(vendor, model, call) },
        ],
    ...(schema && {
      response_format: objectOnly
        ? { type: 'json_object' }
        : { type: 'json_schema', json_schema: strictSchema(schema) },
    }),
    ...effortFields(vendor, call),
    ...cacheOptions(vendor, model),
    ...chat.extra,
    ...chat.extraOf?.find((one) => one.model.test(model))?.extra,
  };
}

function effortFields({ effort: wire }: Vendor, { effort }: ModelCall): object {
  if (effort === undefined) return {};
  if (wire?.field === 'reasoning_effort') return { reasoning_effort: effort };
  return wire?.field === 'reasoning' ? { reasoning: { effort } } : {};
}
