import type { Json } from '../../shared/providers/read-json.ts';
import { fitSchema } from './content/fit-schema.ts';
import type { GenerateRequest } from './read-prompt.ts';

export interface ToolCall {
  readonly name: string;
  /** JSON that fits the tool's schema, and says nothing. */
  readonly input: string;
}

/**
 * The tool that a request demands; undefined when it leaves the choice: the sandbox, which has no model, answers in text then. `unknown`:
 * a tool is demanded that is not among those given.
 */
export function demandedTool({
  tools,
  tool_choice: choice,
}: GenerateRequest): ToolCall | 'unknown' | undefined {
  const wanted = typeof choice === 'string' ? { type: choice } : jsonOf(choice);
  const type = wanted?.['type'];
  if (type !== 'required' && type !== 'any' && type !== 'function' && type !== 'tool') return undefined;
  const name = jsonOf(wanted?.['function'])?.['name'] ?? wanted?.['name'];
  const known = (tools ?? []).map(toolOf);
  const tool = name === undefined ? known[0] : known.find((one) => one.name === name);
  return tool ? { name: tool.name, input: JSON.stringify(fitSchema({}, tool.schema)) } : 'unknown';
}

/** OpenAI nests a tool under `function`; Anthropic's schema is `input_schema`. */
function toolOf(tool: Json): { readonly name: string; readonly schema: unknown } {
  const own = jsonOf(tool['function']) ?? tool;
  return {
    name: String(own['name']),
    schema: own['parameters'] ?? own['input_schema'] ?? { type: 'object' },
  };
}

function jsonOf(value: unknown): Json | undefined {
  // as: an object that is no array has string keys and unknown values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}
