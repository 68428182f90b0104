/** Reads fields that a model spelled its own way: another case, a list that is a single text, a list that is a table of names. */
import { isObject } from './read-structured.ts';
import type { JsonObject, JsonValue } from './tolerant-json.ts';

/** The first field of one of these names, whatever its case and separators: `allowed_tools` is `allowedTools`. */
export function fieldOf(object: JsonObject, ...names: readonly string[]): JsonValue | undefined {
  for (const name of names) {
    const exact = Object.hasOwn(object, name) ? object[name] : undefined;
    if (exact !== undefined) return exact;
    const wanted = plain(name);
    const found = Object.entries(object).find(([own]) => plain(own) === wanted);
    if (found) return found[1];
  }
  return undefined;
}

/** A list of texts. What is neither text nor list stays as it is, so that the schema names the place. */
export function textsOf(value: JsonValue | undefined): unknown {
  if (value === undefined || value === null || isNothing(value)) return [];
  if (typeof value === 'string') return [value];
  if (isObject(value)) return Object.values(value).map(textOf);
  return Array.isArray(value) ? value.map(textOf) : value;
}

/** A list of objects. `keyed` is the field for the names of a table, `text` the field that a bare text is. */
export function recordsOf(
  value: JsonValue | undefined,
  { keyed, text }: { readonly keyed: string; readonly text: string },
): unknown {
  if (value === undefined || value === null || isNothing(value)) return [];
  if (typeof value === 'string') return [{ [text]: value }];
  if (isObject(value))
    return Object.entries(value).map(([name, entry]) =>
      isObject(entry) ? { [keyed]: name, ...entry } : { [keyed]: name, [text]: entry },
    );
  return Array.isArray(value)
    ? value.map((entry) => (typeof entry === 'string' ? { [text]: entry } : entry))
    : value;
}

/** The texts in an entry of a list: a heading with its lines, one after another. */
export function textOf(value: JsonValue): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.filter(isText).join('; ');
  return isObject(value)
    ? Object.values(value)
        .flatMap((entry) => (Array.isArray(entry) ? entry : [entry]))
        .filter(isText)
        .join(': ')
    : value;
}

/** A text in lower case without blanks around it, for enum values that a model wrote its own way. Other values stay as they are. */
export function lowered(value: JsonValue | undefined): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

function isText(value: JsonValue): value is string {
  return typeof value === 'string';
}

/** "none" and the like, where a list belongs. */
function isNothing(value: JsonValue): boolean {
  return typeof value === 'string' && /^\s*(?:none|n\/a|null|nothing|empty|-|)\s*\.?\s*$/i.test(value);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
