import type { Failure } from '../../../shared/contract/failure.ts';
import { fitPlan } from '../../run/review/fit-plan.ts';
import type { ReviewEdits } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';
import { answerPlan } from './answer-plan.ts';

/** How long the request may take to reach the server. */
const SEND_BEFORE_MS = 4000;

type Answer = Promise<Failure | undefined>;
/** For each store, the run whose plan is being sent or was sent. */
const sent = new WeakMap<RunStore, { readonly id: string; readonly answer: Answer }>();

/** The plan as it was changed, once: a press and the end of its time may come together. */
export async function sendReview(store: RunStore, edits?: ReviewEdits): Answer {
  const { id, plan, review } = store.get();
  if (id === undefined || !plan) return undefined;
  const known = sent.get(store);
  if (known?.id === id) return known.answer;
  const { plan: changed, answers } = edits ?? review?.edits ?? { plan, answers: {} };
  const answer = answerPlan(id, changed, answers);
  sent.set(store, { id, answer });
  const failure = await answer;
  if (failure) sent.delete(store);
  return failure;
}

/**
 * At the end of its time the server drafts its own plan: what was changed goes to it before, whichever page of this tab is shown by then.
 * Nobody may be there to mend what the server would refuse, so that it goes in a form that it takes.
 */
export function sendReviewsInTime(store: RunStore): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let until: number | undefined;

  function send(): void {
    const { plan, review } = store.get();
    if (!plan || !review?.edits) return;
    void sendReview(store, { ...review.edits, plan: fitPlan(review.edits.plan, plan) });
  }
  function watch(): void {
    const { review } = store.get();
    const next = review?.edits && review.until;
    if (next === until) return;
    until = next;
    clearTimeout(timer);
    if (until !== undefined) timer = setTimeout(send, Math.max(0, until - Date.now() - SEND_BEFORE_MS));
  }
  store.subscribe(watch);
  watch();
}
