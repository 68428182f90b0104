import type { Planned, Reviewed } from '../../shared/compose/compose-options.ts';
import { acceptPlan } from '../../shared/compose/plan/accept-plan.ts';
import { answerQuestions } from '../../shared/compose/plan/answer-questions.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { ReviewAnswer, ReviewEvent } from '../../shared/contract/review.ts';
import { keysIn } from '../../shared/providers/redact-patterns.ts';
import type { PublishedSkill } from '../../shared/skills/published-skill.ts';
import type { Clock } from '../providers/clock.ts';
import { answerClock, openClock, passClock, type ReviewClock, touchClock } from './review-clock.ts';

interface OpenReview {
  clock: ReviewClock;
  readonly planned: Planned;
  readonly catalog: readonly PublishedSkill[];
  /** False: the run cannot be told any more, and is over. */
  readonly tell: (event: ReviewEvent) => boolean;
  readonly settle: (reviewed: Reviewed | undefined) => void;
  readonly holdsKey: (text: string) => boolean;
  readonly watch: () => void;
}

/** A plan that is to wait, with the way to tell its user and to recognise the run's key. */
export interface ReviewTask {
  readonly run: string;
  readonly planned: Planned;
  readonly catalog: readonly PublishedSkill[];
  readonly tell: (event: ReviewEvent) => void;
  /** The run's own: when it is aborted nobody waits any more. */
  readonly signal: AbortSignal;
  /** Whether a text has the run's key in it; the key itself does not come here. */
  readonly holdsKey: (text: string) => boolean;
}

/** The plan was taken, with the milliseconds that the run still waits (0: it goes on), or why not. */
export type Answered =
  | { readonly ok: true; readonly leftMs: number }
  | { readonly ok: false; readonly failure: Failure };

const KEY_IN_PLAN: Failure = {
  code: 'invalid_request',
  field: 'plan',
  message:
    'There is a key in the plan. Take it out: a plan goes into every prompt and is kept with the drafts. It was not taken, and the run waits.',
};

/** Also for whoever looks in other processes, and finds none there. */
export const NOT_WAITING: Failure = {
  code: 'not_found',
  message: 'No plan of that run waits here: the run went on, or it is over.',
};

/** Plans that wait for their users, by the runs' unguessable ids. */
export interface ReviewDesk {
  /** Resolves with the plan to draft; undefined: the run ended meanwhile. Rejects with the bug when the run cannot be told of it. */
  wait(task: ReviewTask): Promise<Reviewed | undefined>;
  answer(run: string, answer: ReviewAnswer): Promise<Answered>;
}

/** In this process's memory, with the runs themselves; no key is here. */
export class Reviews implements ReviewDesk {
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

  has(run: string): boolean {
    return this.#open.has(run);
  }

  wait({ run, planned, catalog, tell, signal, holdsKey }: ReviewTask): Promise<Reviewed | undefined> {
    if (signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      let stopTimer = (): void => {};
      const close = (): void => {
        stopTimer();
        signal.removeEventListener('abort', gone);
        this.#open.delete(run);
      };
      const settle = (reviewed: Reviewed | undefined): void => {
        close();
        resolve(reviewed);
      };
      const told = (event: ReviewEvent): boolean => {
        try {
          tell(event);
          return true;
        } catch (bug) {
          close();
          reject(bug);
          return false;
        }
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
        tell: told,
        settle,
        holdsKey,
        watch,
      };
      this.#open.set(run, review);
      signal.addEventListener('abort', gone, { once: true });
      if (told({ ...this.#left(review), offers: [...planned.offers] })) watch();
    });
  }

  async answer(run: string, answer: ReviewAnswer): Promise<Answered> {
    const review = this.#open.get(run);
    if (!review) return { ok: false, failure: NOT_WAITING };
    const now = this.#clock.now();
    if ('touch' in answer) {
      const before = review.clock;
      review.clock = touchClock(before, now);
      if (review.clock.kind === 'over') return { ok: false, failure: NOT_WAITING };
      if (review.clock !== before) {
        review.watch();
        if (!review.tell(this.#left(review))) return { ok: false, failure: NOT_WAITING };
      }
      return { ok: true, leftMs: review.clock.until - now };
    }

    const text = JSON.stringify(answer);
    if (review.holdsKey(text) || hasNewKey(text, review.planned)) return { ok: false, failure: KEY_IN_PLAN };
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

/** Text that looks like a key of any vendor and was not in the plan before: another key of the user's, pasted by mistake. */
function hasNewKey(text: string, { plan, intent }: Planned): boolean {
  const before = JSON.stringify({ plan, intent });
  return keysIn(text).some((found) => !before.includes(found));
}
