import { reviewAnswer } from '../../shared/contract/review.ts';
import { MAX_BODY_BYTES, RUN_ID } from '../../shared/contract/run-limits.ts';
import { failureResponse } from '../http/failure-response.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import type { ByoContext } from './admit.ts';
import type { ReviewDesk } from './reviews.ts';

/**
 * `POST /v1/intent/byo/:run/plan`: touches a plan that waits for its user, or sends it back to be drafted. Who knows the run's random id
 * started it. Needs no key and takes none: the run has it.
 */
export function createPlanRoute(parts: {
  readonly reviews: Pick<ReviewDesk, 'answer'>;
}): (c: ByoContext) => Promise<Response> {
  return async (c) => {
    const body = await readBody(c, { maxBytes: MAX_BODY_BYTES, requireType: true });
    if (!body.ok) return failureResponse(c, body.failure);
    const parsed = parseJson(body.value, reviewAnswer);
    if (!parsed.ok) return failureResponse(c, parsed.failure);
    const run = c.req.param('run') ?? '';
    const answered = await parts.reviews.answer(RUN_ID.test(run) ? run : '', parsed.value);
    return answered.ok ? c.json({ leftMs: answered.leftMs }) : failureResponse(c, answered.failure);
  };
}
