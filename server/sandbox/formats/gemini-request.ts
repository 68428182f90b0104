import type { Json } from '../../../shared/providers/read-json.ts';
import { functionTool, jsonOf, listOf, present, textOf, toolChoice } from './json-parts.ts';

/** Gemini's `generateContent` in the words of `readRequest`. The model stands in the path, and whether it is streamed. */
export function fromGemini(json: Json, pathname: string): Json {
  const config = jsonOf(json['generationConfig']) ?? {};
  const schema = config['responseJsonSchema'] ?? lowerTypes(config['responseSchema']);
  const calling = jsonOf(jsonOf(json['toolConfig'])?.['functionCallingConfig']);
  const allowed: unknown = calling?.['allowedFunctionNames'];
  const tools = listOf(json['tools']).flatMap((tool) => listOf(tool['functionDeclarations']));
  return {
    model: decodeURIComponent(/models\/([^/:]+)/.exec(pathname)?.[1] ?? ''),
    stream: pathname.endsWith(':streamGenerateContent'),
    system: textOf(jsonOf(json['systemInstruction'])?.['parts']),
    messages: listOf(json['contents']).map(({ role, parts }) => ({
      role: role === 'model' ? 'assistant' : 'user',
      content: textOf(parts),
    })),
    ...present('max_tokens', config['maxOutputTokens']),
    ...present('n', config['candidateCount']),
    ...present('stop_sequences', config['stopSequences']),
    ...(tools.length > 0 && {
      tools: tools.map(({ name, parameters, parametersJsonSchema }) =>
        functionTool(name, parametersJsonSchema ?? lowerTypes(parameters)),
      ),
    }),
    ...(calling?.['mode'] === 'ANY' && {
      tool_choice: toolChoice(Array.isArray(allowed) ? allowed[0] : undefined),
    }),
    ...(schema !== undefined && { response_format: { type: 'json_schema', json_schema: { schema } } }),
  };
}

/** Gemini's own schemas write `OBJECT` for `object`. */
function lowerTypes(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(lowerTypes);
  const json = jsonOf(schema);
  if (!json) return schema;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [
      name,
      name === 'type' && typeof value === 'string' ? value.toLowerCase() : lowerTypes(value),
    ]),
  );
}
