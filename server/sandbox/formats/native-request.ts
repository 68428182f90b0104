import type { Json } from '../../../shared/providers/read-json.ts';
import type { Dialect } from '../routes.ts';

/**
 * A request of Gemini's own format, of Converse or of Responses in the words of the two formats that `readRequest` knows; others as they are.
 * What is not there stays away, so that the same fields are missed.
 */
export function commonRequest(dialect: Dialect, { pathname }: URL, body: unknown): unknown {
  const json = jsonOf(body);
  if (!json) return body;
  if (dialect === 'gemini') return fromGemini(json, pathname);
  if (dialect === 'converse') return fromConverse(json, pathname);
  return dialect === 'responses' ? fromResponses(json) : body;
}

function fromGemini(json: Json, pathname: string): Json {
  const config = jsonOf(json['generationConfig']) ?? {};
  const schema = config['responseJsonSchema'] ?? config['responseSchema'];
  return {
    model: /models\/([^/:]+)/.exec(pathname)?.[1] ?? '',
    stream: pathname.endsWith(':streamGenerateContent'),
    system: textOf(jsonOf(json['systemInstruction'])?.['parts']),
    messages: listOf(json['contents']).map((turn) => ({ role: 'user', content: textOf(turn['parts']) })),
    ...present('max_tokens', config['maxOutputTokens']),
    ...(schema !== undefined && { response_format: { type: 'json_schema', json_schema: { schema } } }),
  };
}

function fromConverse(json: Json, pathname: string): Json {
  const format = jsonOf(jsonOf(json['outputConfig'])?.['textFormat']);
  const named = jsonOf(jsonOf(format?.['structure'])?.['jsonSchema']);
  return {
    model: decodeURIComponent(/^\/model\/([^/]+)/.exec(pathname)?.[1] ?? ''),
    stream: pathname.endsWith('-stream'),
    system: textOf(json['system']),
    messages: listOf(json['messages']).map(({ role, content }) => ({ role, content: textOf(content) })),
    ...present('max_tokens', jsonOf(json['inferenceConfig'])?.['maxTokens']),
    ...(named && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: named['name'], schema: parsed(named['schema']) },
      },
    }),
  };
}

function fromResponses(json: Json): Json {
  const { model, stream, instructions, input } = json;
  const format = jsonOf(jsonOf(json['text'])?.['format']);
  return {
    model,
    stream,
    ...present('system', instructions),
    messages:
      typeof input === 'string'
        ? [{ role: 'user', content: input }]
        : listOf(input).map(({ role, content }) => ({
            role,
            content: typeof content === 'string' ? content : textOf(content),
          })),
    ...present('max_completion_tokens', json['max_output_tokens']),
    ...(format &&
      format['type'] !== 'text' && { response_format: { type: format['type'], json_schema: format } }),
  };
}

function present(name: string, value: unknown): Json {
  return value === undefined ? {} : { [name]: value };
}

function parsed(schema: unknown): unknown {
  try {
    return typeof schema === 'string' ? JSON.parse(schema) : schema;
  } catch {
    return undefined;
  }
}

function jsonOf(value: unknown): Json | undefined {
  // as: an object that is no array has string keys and unknown values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map((one) => jsonOf(one) ?? {}) : [];
}

/** Parts in any of the three: objects with a `text`. */
function textOf(parts: unknown): string {
  return listOf(parts)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\n');
}
