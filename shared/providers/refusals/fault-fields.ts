import { type Json, jsonOf, textOf } from '../read-json.ts';

/** Fields of the request that an error names by path: OpenAI's `param`, and the `loc` of FastAPI's and Mistral's lists. */
export function namedFields(outer: Json): readonly string[] {
  const error = jsonOf(outer['error']) ?? outer;
  const message = jsonOf(error['message']);
  const lists = [
    outer['detail'],
    error['detail'],
    error['details'],
    error['message'],
    message?.['detail'],
    outer['errors'],
  ];
  const located = lists
    .flatMap((list) => (Array.isArray(list) ? list.slice(0, 10) : []))
    .map((one) => jsonOf(one)?.['loc'])
    .filter((loc) => Array.isArray(loc))
    .map((loc) => loc.filter((part) => part !== 'body').join('.'));
  const param = textOf(error['param']);
  return [...(param && !param.includes(' ') ? [param] : []), ...located].map((field) => field.slice(0, 100));
}
