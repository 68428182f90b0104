import type { Context } from 'hono';
import { compressedJson } from '../http/compressed-json.ts';
import type { DocumentOptions } from './openapi-document.ts';

/** `GET /v1/openapi.json`. Made when it is first asked for: most servers are never asked. */
export function createOpenApiRoute(options: DocumentOptions): (c: Context) => Promise<Response> {
  let made: Promise<object> | undefined;
  return async (c) => {
    made ??= import('./openapi-document.ts').then(({ openApiDocument }) => openApiDocument(options));
    return compressedJson(c, await made);
  };
}
