import type { Json } from '../../../shared/providers/read-json.ts';

export function jsonOf(value: unknown): Json | undefined {
  // as: an object that is no array has string keys and unknown values
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map((one) => jsonOf(one) ?? {}) : [];
}

/** What stands in parts of whatever format: objects with a `text`. */
export function textOf(parts: unknown): string {
  if (typeof parts === 'string') return parts;
  return listOf(parts)
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('\n');
}

/** A field that stays away where there is nothing to put into it, so that it is missed. */
export function present(name: string, value: unknown): Json {
  return value === undefined || value === null ? {} : { [name]: value };
}

/** A tool in OpenAI's words. */
export function functionTool(name: unknown, parameters: unknown): Json {
  return { type: 'function', function: { name, parameters } };
}

/** A choice of tools in OpenAI's words: a certain one, or any. */
export function toolChoice(name: unknown): unknown {
  return name === undefined ? 'required' : { type: 'function', function: { name } };
}
