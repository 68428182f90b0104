import type { Failure } from '../../../shared/contract/failure.ts';
import { addUsage } from '../../../shared/contract/usage.ts';
import {
  type Asked,
  type CallProgress,
  type DraftProgress,
  IDLE,
  isBusy,
  NO_PHASES,
  type ReviewEdits,
  type Rework,
  type RunState,
} from './run-state.ts';

/** How a run's request ended, seen from the page. `complete`: the stream had its last event. `left`: we hung up. */
export type RunEnd =
  | { readonly kind: 'complete' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'left' }
  | { readonly kind: 'failure'; readonly failure: Failure };

/** How a run begins. `now` is epoch ms; with `keep` it goes on with what is there. */
export interface Begin {
  readonly asked: Asked;
  readonly now: number;
  readonly keep: boolean;
  /** The one draft that it is about, with what the user said. */
  readonly rework?: Pick<Rework, 'item' | 'note'> | undefined;
}

/** A new run. With `keep`, a redo: plan and drafts of the run before stay, and what it used is remembered. */
export function beginRun(previous: RunState, begin: Begin): RunState {
  const fresh: RunState = { ...IDLE, status: 'preparing', asked: begin.asked, startedAt: begin.now };
  if (!begin.keep) return fresh;

  const used = [previous.earlier, previous.usage].filter((usage) => usage !== undefined);
  const done = { state: 'done', done: 1, of: 1 } as const;
  return {
    ...fresh,
    phases: { ...NO_PHASES, classifying: done, planning: done },
    intent: previous.intent,
    plan: previous.plan,
    drafts: previous.drafts,
    saved: previous.saved,
    reused: previous.reused,
    evals: previous.evals,
    trials: previous.trials,
    rework: begin.rework && { ...begin.rework, before: previous.drafts[begin.rework.item] ?? {} },
    earlier: used.length > 0 ? used.reduce(addUsage) : undefined,
  };
}

/** What a person changes of a plan that waits. */
export function editReview(state: RunState, change: (edits: ReviewEdits) => ReviewEdits): RunState {
  const { review, plan } = state;
  if (!review || !plan) return state;
  return { ...state, review: { ...review, edits: change(review.edits ?? { plan, answers: {} }) } };
}

/** A run that ends while its plan waits was never drafted: what goes on from here goes on with the plan as it was changed. */
function takeEdits(state: RunState): RunState {
  const { review, ...rest } = state;
  if (!review?.edits) return rest;
  const { plan, intent = rest.intent } = review.edits;
  return { ...rest, plan, intent };
}

/** A draft that a person changed. What is in the account is not this any more; a plan that was opened from there gets a name here. */
export function editDraft(state: RunState, item: string, change: DraftProgress, id: string): RunState {
  const { saved } = state;
  return {
    ...withDraft(state, item, change),
    id: state.id ?? id,
    saved: saved && { id: saved.id, rev: saved.rev },
  };
}

/** The request is over. `texts` has what unfinished drafts had so far, by item. */
export function endRun(
  state: RunState,
  end: RunEnd,
  now: number,
  texts: ReadonlyMap<string, string>,
): RunState {
  const settled = { ...takeEdits(settle(state, texts)), planned: undefined };
  if (state.status === 'done') return settled;
  const kept = hasReworked(settled) ? settled : withoutRework(settled);
  if (!isBusy(state.status)) return kept;

  const endedAt = now;
  switch (end.kind) {
    case 'left':
      return { ...kept, status: 'cancelled', endedAt };
    case 'failure':
      return { ...kept, status: 'failed', failure: end.failure, endedAt };
    case 'complete': // cannot be: a last event sets the status
    case 'cut':
      return { ...kept, status: 'cut', endedAt };
  }
}

/** The user takes what became of their draft, or has the one from before back. */
export function endRework(state: RunState, accept: boolean): RunState {
  return accept ? { ...state, rework: undefined } : withoutRework(state);
}

/** Another text came before the run ended: it is paid for, and the user's to accept or refuse. */
function hasReworked({ rework, drafts }: RunState): boolean {
  const draft = rework && drafts[rework.item]?.draft;
  return draft !== undefined && draft.digest !== rework?.before.draft?.digest;
}

/** The draft as it was before it was to be reworked: what came half is nothing. */
function withoutRework(state: RunState): RunState {
  const { rework } = state;
  if (!rework) return state;
  return { ...state, drafts: { ...state.drafts, [rework.item]: rework.before }, rework: undefined };
}

/** Nothing is written any more: half-written texts become `partial`, open calls are over. */
function settle(state: RunState, texts: ReadonlyMap<string, string>): RunState {
  const drafts: Record<string, DraftProgress> = {};
  for (const [item, draft] of Object.entries(state.drafts)) {
    const { writingFile: _stopped, ...rest } = draft;
    drafts[item] =
      draft.writing === undefined ? rest : { ...rest, writing: undefined, partial: texts.get(item) };
  }
  const calls = state.calls.map(
    (call): CallProgress =>
      call.state === 'start' || call.state === 'waiting' ? { ...call, state: 'stopped' } : call,
  );
  return { ...state, drafts, calls };
}

/** The state with a change of one item's draft; what the change does not name stays. */
export function withDraft(state: RunState, item: string, change: DraftProgress): RunState {
  return { ...state, drafts: { ...state.drafts, [item]: { ...state.drafts[item], ...change } } };
}
