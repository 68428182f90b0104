import type { Context } from 'hono';
import type { PlanSummary, SavedPlan } from '../../shared/contract/saved-plan.ts';
import type { WhoVariables } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { MAX_PLANS, type Saved } from './plan-store.ts';

export type PlanContext = Context<WhoVariables>;

export function answerSaved(c: PlanContext, saved: Saved): Response {
  switch (saved.kind) {
    case 'saved':
      return answerSummary(c, saved.plan, 201);
    case 'already':
      return answerSummary(c, saved.plan, 200);
    case 'other_request':
      return failureResponse(c, {
        code: 'conflict',
        message:
          'This Idempotency-Key was used for another plan, or its plan was deleted. Save with a new one.',
      });
    case 'full':
      return failureResponse(c, {
        code: 'conflict',
        message: `You have ${MAX_PLANS} plans already. Delete some first.`,
      });
  }
}

export function answerSummary(c: PlanContext, plan: PlanSummary, status: 200 | 201): Response {
  return c.json(plan, status, { etag: etagOf(plan) });
}

/** With the plan as it is now, so that the two can be compared. */
export function answerConflict(c: PlanContext, current: SavedPlan): Response {
  const message = 'This plan was changed elsewhere since you opened it. Compare both, then save again.';
  return c.json({ error: { code: 'conflict', message }, current }, 409, { etag: etagOf(current) });
}

export function missing(c: PlanContext): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such plan here.' });
}

export function etagOf({ rev }: { readonly rev: number }): string {
  return `"${rev}"`;
}
