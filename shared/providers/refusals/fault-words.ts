import { pageText, plainText } from '../plain-text.ts';
import { jsonOf, parseJson, textOf } from '../read-json.ts';

/** Where vendors put their sentence, the most common first. */
const PLACES = [
  'error',
  'errors',
  'message',
  'Message',
  'msg',
  'detail',
  'details',
  'title',
  'description',
  'error_description',
  'error_message',
  'errorMessage',
  'status_msg',
  'response',
  'reason',
] as const;
const MAX_DEPTH = 6;
const MAX_ITEMS = 5;
const MAX_CHARS = 2000;

/**
 * The sentence of an error that is meant for a reader, in one line; empty when there is none. It is found at any depth of wrapping, also in
 * JSON within a string.
 */
export function wordsOf(value: unknown): string {
  return find(value, 0).slice(0, MAX_CHARS).trim();
}

function find(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) return '';
  if (typeof value === 'string') return fromText(value, depth);
  if (Array.isArray(value)) {
    const parts = value.slice(0, MAX_ITEMS).map((one) => find(one, depth + 1));
    return parts.filter((part) => part !== '').join('; ');
  }
  const json = jsonOf(value);
  if (!json) return '';
  // FastAPI's and pydantic's: {"loc": ["body", "store"], "msg": "Extra inputs are not permitted"}.
  if (Array.isArray(json['loc'])) return `${json['loc'].join('.')}: ${find(json['msg'], depth + 1)}`;
  const said = PLACES.map((place) => find(json[place], depth + 1)).find((one) => one !== '') ?? '';
  // OpenRouter's own message is "Provider returned error"; the provider's stands below it.
  const raw = find(jsonOf(json['metadata'])?.['raw'], depth + 1);
  // One gateway puts its sentence into `param`.
  const param = textOf(json['param'])?.includes(' ') ? plainText(textOf(json['param']) ?? '') : '';
  return [said, raw, param].filter((part) => part !== '').join(': ');
}

function fromText(text: string, depth: number): string {
  const inner = /^\s{0,20}[{[]/.test(text) ? parseJson(text) : undefined;
  const found = inner === undefined ? '' : find(inner, depth + 1);
  return found === '' ? plainText(pageText(text.slice(0, 20_000))).slice(0, MAX_CHARS) : found;
}
