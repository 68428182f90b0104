import type { Json } from '../../../shared/providers/read-json.ts';
import { jsonOf, listOf, present, textOf } from './json-parts.ts';

/** Cohere's own chat in the words of `readRequest`. */
export function fromCohere(json: Json): Json {
  const { model, stream, messages, tools } = json;
  const format = jsonOf(json['response_format']);
  const schema = format?.['json_schema'] ?? format?.['schema'];
  return {
    model,
    stream,
    messages: listOf(messages).map(({ role, content }) => ({ role, content: textOf(content) })),
    ...present('max_tokens', json['max_tokens']),
    ...present('stop_sequences', json['stop_sequences']),
    ...(Array.isArray(tools) && { tools }),
    ...(json['tool_choice'] === 'REQUIRED' && { tool_choice: 'required' }),
    ...(format?.['type'] === 'json_object' && {
      response_format: { type: 'json_object', ...present('json_schema', schema) },
    }),
  };
}
