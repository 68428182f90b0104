import type { Json } from '../../../shared/providers/read-json.ts';
import { functionTool, jsonOf, listOf, present, textOf, toolChoice } from './json-parts.ts';

/** What a response repeats of its request. */
const ECHOED = [
  'instructions',
  'max_output_tokens',
  'metadata',
  'parallel_tool_calls',
  'previous_response_id',
  'temperature',
  'text',
  'tool_choice',
  'tools',
  'top_p',
  'truncation',
  'user',
] as const;

/** OpenAI's Responses in the words of `readRequest`. */
export function fromResponses(json: Json): Json {
  const { model, stream, instructions, input, tools, tool_choice } = json;
  const format = jsonOf(jsonOf(json['text'])?.['format']);
  return {
    model,
    stream,
    ...present('system', instructions),
    messages: typeof input === 'string' ? [{ role: 'user', content: input }] : listOf(input).map(turnOf),
    ...present('max_completion_tokens', json['max_output_tokens']),
    ...(Array.isArray(tools) && {
      tools: listOf(tools)
        .filter(({ type }) => type === 'function')
        .map(({ name, parameters }) => functionTool(name, parameters)),
    }),
    ...present('tool_choice', choiceOf(tool_choice)),
    ...(format &&
      format['type'] !== 'text' && { response_format: { type: format['type'], json_schema: format } }),
    echo: Object.fromEntries(ECHOED.flatMap((name) => (json[name] == null ? [] : [[name, json[name]]]))),
  };
}

/** Beside messages there are items for a call and for what came of it. */
function turnOf({ type, role, content, output }: Json): Json {
  if (type === 'function_call_output') return { role: 'tool', content: textOf(output) };
  if (role === undefined) return { role: 'assistant', content: '' };
  return { role, content: textOf(content) };
}

function choiceOf(choice: unknown): unknown {
  const wanted = jsonOf(choice);
  return wanted?.['type'] === 'function' ? toolChoice(wanted['name']) : choice;
}
