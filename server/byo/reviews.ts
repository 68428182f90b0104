import type { Planned, Reviewed } from '../../shared/compose/compose-options.ts';
import { acceptPlan } from '../../shared/compose/plan/accept-plan.ts';
import { answerQuestions } from '../../shared/compose/plan/answer-questions.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ReviewAnswer, ReviewEvent } from '../../shared/contract/review.ts';
import type { PublishedSkill } from '../../shared/skills/published-skill.ts';
import type { Clock } from '../providers/clock.ts';
import { answerClock, openClock, passClock, type ReviewClock, touchClock } from './review-clock.ts';

interface OpenReview {
  clock: ReviewClock;
  readonly planned: Planned;
  readonly catalog: readonly PublishedSkill[];
  readonly tell: (event: ReviewEvent) => void;
  readonly settle: (reviewed: Reviewed | undefined) => void;
  readonly watch: () => void;
}

export interface ReviewTask {
  readonly run: string;
  readonly planned: Planned;
  readonly catalog: readonly PublishedSkill[];
  readonly tell: (event: ReviewEvent) => void;
  /** The run's own: when it is aborted nobody waits any more. */
  readonly signal: AbortSignal;
}

export type Answered =
  | { readonly ok: true; readonly leftMs: number }
  | { readonly ok: false; readonly failure: Failure };

const NOT_WAITING: Failure = {
  code: 'not_found',
  message: 'No plan of that run waits here: the run went on, or it is over.',
};

/** Plans that wait for their users, by the runs' unguessable ids. In this process's memory, with the run itself; no key is here. */
export class Reviews {
  readonly #open = new Map<string, OpenReview>();
  readonly #clock: Clock;
  readonly #wallClock: () => number;

  constructor(clock: Clock, wallClock: () => number) {
    this.#clock = clock;
    this.#wallClock = wallClock;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Resolves with the plan to draft; undefined: the run ended meanwhile. */
  wait({ run, planned, catalog, tell, signal }: ReviewTask): Promise<Reviewed | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      let stopTimer = (): void => {};
      const settle = (reviewed: Reviewed | undefined): void => {
        stopTimer();
        signal.removeEventListener('abort', gone);
        this.#open.delete(run);
        resolve(reviewed);
      };
      const gone = (): void => settle(undefined);
      const watch = (): void => {
        stopTimer();
        if (review.clock.kind === 'over') return;
        stopTimer = this.#clock.after(review.clock.until - this.#clock.now(), () => {
          review.clock = passClock(review.clock, this.#clock.now());
          if (review.clock.kind === 'over') settle({ ...planned, by: 'time' });
          else watch();
        });
      };
      const review: OpenReview = {
        clock: openClock(this.#clock.now()),
        planned,
        catalog,
        tell,
        settle,
        watch,
      };
      this.#open.set(run, review);
      signal.addEventListener('abort', gone, { once: true });
      tell({ ...this.#left(review), offers: [...planned.offers] });
      watch();
    });
  }

  answer(run: string, answer: ReviewAnswer): Answered {
    const review = this.#open.get(run);
    if (!review) return { ok: false, failure: NOT_WAITING };
    const now = this.#clock.now();
    if ('touch' in answer) {
      const before = review.clock;
      review.clock = touchClock(before, now);
      if (review.clock.kind === 'over') return { ok: false, failure: NOT_WAITING };
      if (review.clock !== before) {
        review.watch();
        review.tell(this.#left(review));
      }
      return { ok: true, leftMs: review.clock.until - now };
    }

    const { intent } = review.planned;
    const accepted = acceptPlan(answer.plan, intent, review.catalog);
    if (!accepted.ok) return accepted;
    review.clock = answerClock(review.clock, now);
    if (review.clock.kind !== 'over' || review.clock.by !== 'user')
      return { ok: false, failure: NOT_WAITING };
    review.settle({
      by: 'user',
      intent: answerQuestions(intent, answer.answers ?? {}),
      plan: accepted.plan,
    });
    return { ok: true, leftMs: 0 };
  }

  #left({ clock }: OpenReview): ReviewEvent {
    const leftMs = clock.kind === 'waiting' ? clock.until - this.#clock.now() : 0;
    return {
      state: 'waiting',
      touched: clock.kind === 'waiting' && clock.touched,
      leftMs,
      deadline: new Date(this.#wallClock() + leftMs).toISOString(),
    };
  }
}
