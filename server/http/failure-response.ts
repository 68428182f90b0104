import { type Failure, statusOf } from '../../shared/contract/failure.ts';
import { NO_STORE, SECURITY_HEADERS } from './security-headers.ts';

/** A failure before the first byte: its status and the contract's body. */
export function failureResponse(failure: Failure, headers: Readonly<Record<string, string>> = {}): Response {
  const retry = failure.retryAfterSeconds === undefined ? undefined : { 'retry-after': String(Math.ceil(failure.retryAfterSeconds)) };
  return Response.json(
    { error: failure },
    { status: statusOf(failure.code), headers: { ...SECURITY_HEADERS, 'cache-control': NO_STORE, ...retry, ...headers } },
  );
}
