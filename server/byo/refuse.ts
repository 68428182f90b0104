import { type Failure, statusOf } from '../../shared/contract/failure.ts';
import { RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { failureResponse } from '../http/failure-response.ts';
import type { ByoContext } from './admit.ts';
import type { ByoParts } from './byo-parts.ts';

/** A request that was not admitted: by the id that it named, and why. */
interface Refused {
  readonly runId: string;
  readonly failure: Failure;
}

/** Logs a refused request under that name, and answers it. */
export function refuse(
  c: ByoContext,
  name: 'byo refused' | 'byo check refused',
  { runId, failure }: Refused,
  { log }: Pick<ByoParts, 'log'>,
): Response {
  const { code, reason } = failure;
  log.info(name, { request: c.var.requestId, run: runId, status: statusOf(code), code, reason });
  return failureResponse(c, failure, { [RUN_ID_HEADER]: runId });
}
