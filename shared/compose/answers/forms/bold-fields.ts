import type { JsonObject, JsonValue } from '../tolerant-json.ts';

const FIELD = /^[ \t]*(?:[-*][ \t]+)?\*\*([A-Za-z_][\w -]{0,40}?)(?::\*\*|\*\*[ \t]*:)[ \t]*(.*)$/;
const ITEM = /^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+(.+)$/;
/** Longer than any answer of ours. */
const MAX_CHARS = 20_000;

/**
 * An answer whose fields are names in bold, `**summary:** Sort the post`, with lists below them. Undefined where there are not two of them.
 * Names and texts are taken as they stand; what is neither field nor item is left out.
 */
export function boldFields(text: string): JsonObject | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const fields = new Map<string, JsonValue>();
  let name = '';
  let items: string[] = [];
  for (const line of text.split('\n')) {
    const [, field, value = ''] = FIELD.exec(line) ?? [];
    if (field !== undefined) {
      // The same name again begins another object, which is not this one.
      if (fields.has(field)) break;
      name = field;
      items = [];
      fields.set(name, value.trim() === '' ? items : value.trim());
      continue;
    }
    const item = ITEM.exec(line)?.[1];
    if (item !== undefined && Array.isArray(fields.get(name))) items.push(item.trim());
  }
  return fields.size > 1 ? Object.fromEntries(fields) : undefined;
}
