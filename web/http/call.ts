import * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import { readFailure } from '../config/read-failure.ts';

/** For everything but runs on the user's key and checks of it, which `ask/post-run.ts` sends. */

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The server refused, or could not be reached. It is thrown because react-query expects errors so. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly failure: Failure;
  /** The whole answer, where it tells more than the failure: a 409 has the plan as it is now. */
  readonly answer: unknown;

  constructor(failure: Failure, answer?: unknown) {
    super(failure.message);
    this.failure = failure;
    this.answer = answer;
  }
}

const UNREACHED: Failure = {
  code: 'unavailable',
  message: 'This page could not reach its server. See that it runs and that you are online, then try again.',
};

/** Requests a path of this server with its cookie. Rejects with `CallFailed` for every status from 400 and for a lost connection. */
export async function call(
  path: string,
  { method = 'GET', body, headers, signal }: CallOptions = {},
): Promise<Response> {
  const sent = new Headers(headers);
  if (body !== undefined) sent.set('content-type', 'application/json');
  const response = await fetch(path, {
    method,
    headers: sent,
    body: body === undefined ? null : JSON.stringify(body),
    signal: signal ?? null,
    cache: 'no-store',
    credentials: 'same-origin',
    redirect: 'error',
  }).catch((error: unknown) => {
    throw signal?.aborted ? error : new CallFailed(UNREACHED);
  });
  if (response.ok) return response;
  const answer: unknown = await response
    .clone()
    .json()
    .catch(() => undefined);
  throw new CallFailed(await readFailure(response), answer);
}

/** The same, with the answer checked by a schema. An answer of another shape rejects with `internal`. */
export async function callJson<T>(
  schema: z.core.$ZodType<T>,
  path: string,
  options?: CallOptions,
): Promise<T> {
  const response = await call(path, options);
  const parsed = z.safeParse(schema, await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new CallFailed({
    code: 'internal',
    message: 'The answer is not one that this page knows. Reload the page.',
  });
}

/** What to show for anything that was thrown. A bug of the page gets a sentence without details. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  return { code: 'internal', message: 'Something broke in this page. Reload it and try again.' };
}

/** For react-query: retries only what may succeed in a moment. */
export function retryTransient(count: number, error: unknown): boolean {
  return count < 2 && ['unavailable', 'internal'].includes(failureOf(error).code);
}
