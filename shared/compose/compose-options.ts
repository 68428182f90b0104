import type { Intent, Plan } from '../contract/plan.ts';
import type { ReviewEvent } from '../contract/review.ts';
import type { RunRequest } from '../contract/run-request.ts';
import type { ModelCall } from './ask.ts';
import type { EstimateUsd } from './calls/ledger.ts';
import type { Recorded } from './known-work.ts';

/** What the engine needs of a request. Provider and model are the business of `ask`. */
export type ComposeInput = Pick<RunRequest, 'goal' | 'caps' | 'redraft' | 'trial' | 'evals'> &
  // Only told in what came of a trial.
  Partial<Pick<RunRequest, 'provider' | 'model'>>;

/** What a plan is looked at with. `offers` are published skills that an item may reuse instead. */
export interface Planned {
  readonly intent: Intent;
  readonly plan: Plan;
  readonly offers: NonNullable<ReviewEvent['offers']>;
}

/** The plan that is to be drafted after its review. `by` is `time` when the user did not answer before the deadline. */
export interface Reviewed {
  readonly by: 'user' | 'time';
  readonly intent: Intent;
  readonly plan: Plan;
}

/** Waits until the plan may be drafted; undefined when the run has ended meanwhile. `tell` says how long it waits. */
export type ReviewPlan = (
  planned: Planned,
  tell: (event: ReviewEvent) => void,
) => Promise<Reviewed | undefined>;

/**
 * Drafts that are written at once. With four, six skills took 21.3 s on the sandbox at its real pace and eight 23.5 s, with eight 18.0 s and
 * 20.3 s. More calls at once are not more calls a minute than a provider allows: a refusal stops all that use the credential.
 */
export const PARALLEL_DRAFTS = 8;

/** What differs between callers and tests. Only `signal` and `estimateUsd` must be given. */
export interface ComposeOptions {
  /** Ends the run: running calls are stopped, and the last event is `cancelled`. */
  readonly signal: AbortSignal;
  /** A draft is written once more when the critic gives one of its four scores below this; 6 unless told. */
  readonly redraftBelow?: number;
  readonly estimateUsd: EstimateUsd;
  /** How many drafts are written at once; `PARALLEL_DRAFTS` unless told. */
  readonly parallelDrafts?: number;
  /**
   * Whether the provider keeps what that call shares with others; no unless told. The first of them is then made alone until its answer
   * begins, so that the others find what it left.
   */
  readonly keepsShared?: (call: ModelCall) => boolean;
  /** Goes into the front matter of every draft. */
  readonly license?: string;
  /** Absent: a plan is drafted as it is. A redraft brings a plan that was looked at. */
  readonly review?: ReviewPlan | undefined;
  /** What an earlier attempt of this run had finished before its process died. */
  readonly recorded?: Recorded;
}
