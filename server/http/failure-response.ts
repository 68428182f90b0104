import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Failure, statusOf } from '../../shared/contract/failure.ts';

/** Answers with the failure's status and the body that every failure has. */
export function failureResponse(
  c: Context,
  failure: Failure,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const retry =
    failure.retryAfterSeconds === undefined
      ? undefined
      : { 'retry-after': String(Math.ceil(failure.retryAfterSeconds)) };
  // as: every status of the contract allows a body
  return c.json({ error: failure }, statusOf(failure.code) as ContentfulStatusCode, { ...headers, ...retry });
}
