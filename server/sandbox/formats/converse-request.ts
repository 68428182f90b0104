import type { Json } from '../../../shared/providers/read-json.ts';
import { functionTool, jsonOf, listOf, present, textOf, toolChoice } from './json-parts.ts';

/** Bedrock's Converse in the words of `readRequest`. The model stands in the path, and whether it is streamed. */
export function fromConverse(body: Json, pathname: string): Json {
  // A count is asked for around the same request.
  const json = jsonOf(jsonOf(body['input'])?.['converse']) ?? body;
  const format = jsonOf(jsonOf(json['outputConfig'])?.['textFormat']);
  const named = jsonOf(jsonOf(format?.['structure'])?.['jsonSchema']);
  const inference = jsonOf(json['inferenceConfig']);
  const tools = jsonOf(json['toolConfig']);
  const choice = jsonOf(tools?.['toolChoice']);
  const one = jsonOf(choice?.['tool']);
  return {
    model: decodeURIComponent(/^\/model\/([^/]+)/.exec(pathname)?.[1] ?? ''),
    stream: pathname.endsWith('-stream'),
    system: textOf(json['system']),
    messages: listOf(json['messages']).map(({ role, content }) => ({ role, content: textOf(content) })),
    ...present('max_tokens', inference?.['maxTokens']),
    ...present('stop_sequences', inference?.['stopSequences']),
    ...(tools && {
      tools: listOf(tools['tools'])
        .map(({ toolSpec }) => jsonOf(toolSpec) ?? {})
        .map(({ name, inputSchema }) => functionTool(name, jsonOf(inputSchema)?.['json'])),
    }),
    ...((one ?? jsonOf(choice?.['any'])) && { tool_choice: toolChoice(one?.['name']) }),
    ...(named && {
      response_format: {
        type: 'json_schema',
        json_schema: { name: named['name'], schema: parsed(named['schema']) },
      },
    }),
  };
}

/** Its schemas are JSON within a string. */
function parsed(schema: unknown): unknown {
  try {
    return typeof schema === 'string' ? JSON.parse(schema) : schema;
  } catch {
    return undefined;
  }
}
