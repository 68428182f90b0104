import type { Dialect } from '../routes.ts';
import { fromCohere } from './cohere-request.ts';
import { fromConverse } from './converse-request.ts';
import { fromGemini } from './gemini-request.ts';
import { jsonOf } from './json-parts.ts';
import { fromResponses } from './responses-request.ts';

/**
 * A request of Gemini's own format, of Converse, of Responses or of Cohere's own chat in the words of the two formats that `readRequest`
 * knows; others as they are. What is not there stays away, so that the same fields are missed.
 */
export function commonRequest(dialect: Dialect, { pathname }: URL, body: unknown): unknown {
  const json = jsonOf(body);
  if (!json) return body;
  switch (dialect) {
    case 'gemini':
      return fromGemini(json, pathname);
    case 'converse':
      return fromConverse(json, pathname);
    case 'responses':
      return fromResponses(json);
    case 'cohere-chat':
      return fromCohere(json);
    default:
      return json;
  }
}
