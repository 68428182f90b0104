import type { Failure } from '../../../shared/contract/failure.ts';
import type { Plan } from '../../../shared/contract/plan.ts';
import type { ReviewAnswer } from '../../../shared/contract/review.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { call, failureOf } from '../../http/call.ts';

/** Stops the clock of a plan that waits. False: it was not told, and the clock goes on. */
export async function touchPlan(run: string): Promise<boolean> {
  return (await send(run, { touch: true })) === undefined;
}

export function answerPlan(
  run: string,
  plan: Plan,
  answers: Readonly<Record<string, string>>,
): Promise<Failure | undefined> {
  return send(run, { plan, answers: { ...answers } });
}

async function send(run: string, body: ReviewAnswer): Promise<Failure | undefined> {
  try {
    await call(ROUTES.byoPlan(run), { method: 'POST', body });
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}
