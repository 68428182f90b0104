import type { Json } from '../../shared/providers/read-json.ts';
import { fitSchema } from './content/fit-schema.ts';
import { jsonOf, listOf } from './formats/json-parts.ts';
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
  const wanted = wantedOf(choice);
  const type = wanted?.['type'];
  if (type !== 'required' && type !== 'any' && type !== 'function' && type !== 'tool') return undefined;
  const name = jsonOf(wanted?.['function'])?.['name'] ?? wanted?.['name'];
  const known = (tools ?? []).map(toolOf).filter((tool) => typeof tool.name === 'string');
  const tool = name === undefined ? known[0] : known.find((one) => one.name === name);
  return tool ? { name: String(tool.name), input: JSON.stringify(fitSchema({}, tool.schema)) } : 'unknown';
}

/** A word, an object, or OpenAI's list of those that are allowed, of which one may be demanded. */
function wantedOf(choice: unknown): Json | undefined {
  if (typeof choice === 'string') return { type: choice };
  const wanted = jsonOf(choice);
  if (wanted?.['type'] !== 'allowed_tools') return wanted;
  const allowed = jsonOf(wanted['allowed_tools']) ?? wanted;
  return allowed['mode'] === 'required' ? listOf(allowed['tools'])[0] : undefined;
}

/** OpenAI nests a tool under `function`; Anthropic's schema is `input_schema`. */
function toolOf(tool: Json): { readonly name: unknown; readonly schema: unknown } {
  const own = jsonOf(tool['function']) ?? tool;
  return {
    name: own['name'],
    schema: own['parameters'] ?? own['input_schema'] ?? { type: 'object' },
  };
}
