import { expect, test } from 'vitest';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import { applyEvent } from '../../../web/run/state/apply-event.ts';
import { beginRun, editDraft, editReview, endRun } from '../../../web/run/state/reduce-run.ts';
import { currentPhase, IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { holdsUnsaved } from '../../../web/run/state/unsaved.ts';
import { analysisOf, draftOf, INTENT, PLAN, RUN } from '../support/fixtures.ts';

const ASKED = { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' };
const begun = beginRun(IDLE, { asked: ASKED, now: 1000, keep: false });
const after = (events: readonly ComposeEvent[], from: RunState = begun) =>
  events.reduce((state, event) => applyEvent(state, event, 2000), from);
const NO_TEXTS = new Map<string, string>();

test('a whole run ends done, with plan, drafts, analyses, usage and receipt', () => {
  const state = after(RUN);
  expect(state).toMatchObject({
    status: 'done',
    id: 'run-1',
    plan: PLAN,
    intent: INTENT,
    endedAt: 2000,
    usage: { outputTokens: 234 },
  });
  expect(state.drafts['i1']).toMatchObject({ draft: draftOf('i1'), analysis: analysisOf('i1') });
  expect(state.drafts['i2']?.writing).toBeUndefined();
  expect(state.receipt).toBeDefined();
});

test('text of a revision that is being written changes no state, so that nothing renders for a token', () => {
  const writing = after([{ event: 'text', data: { item: 'i1', revision: 1, delta: 'a' } }]);
  expect(applyEvent(writing, { event: 'text', data: { item: 'i1', revision: 1, delta: 'b' } }, 3000)).toBe(
    writing,
  );
});

test('text of a new revision puts a finished draft back to writing and keeps the draft meanwhile', () => {
  const state = after([
    { event: 'draft', data: draftOf('i1') },
    { event: 'text', data: { item: 'i1', revision: 2, delta: 'a' } },
  ]);
  expect(state.drafts['i1']).toMatchObject({ writing: 2, draft: { revision: 1 } });
});

test('a call without a time begins when the page hears of it, and keeps that when it ends', () => {
  const state = after([
    { event: 'call', data: { call: 'plan', phase: 'planning', state: 'start' } },
    { event: 'call', data: { call: 'plan', phase: 'planning', state: 'done', ms: 40 } },
  ]);
  expect(state.calls).toEqual([{ call: 'plan', phase: 'planning', state: 'done', startedMs: 1000, ms: 40 }]);
});

test('what a call thinks is its own, and other events leave it', () => {
  const state = after([
    { event: 'call', data: { call: 'plan', phase: 'planning', state: 'start' } },
    { event: 'call', data: { call: 'other', phase: 'planning', state: 'start' } },
    { event: 'thinking', data: { call: 'plan', tokens: 120 } },
    { event: 'call', data: { call: 'plan', phase: 'planning', state: 'done', ms: 40 } },
  ]);
  expect(state.calls.map(({ thinkingTokens }) => thinkingTokens)).toEqual([120, undefined]);
});

test('a failed call without a failure was stopped', () => {
  expect(
    after([{ event: 'call', data: { call: 'plan', phase: 'planning', state: 'failed' } }]).calls[0]?.state,
  ).toBe('stopped');
});

test('the phase shown is the first that goes on, although drafts are analyzed already', () => {
  expect(
    currentPhase(
      after([
        { event: 'phase', data: { phase: 'drafting', state: 'progress', done: 1, of: 2 } },
        { event: 'phase', data: { phase: 'analyzing', state: 'start', done: 0, of: 2 } },
      ]),
    ),
  ).toBe('drafting');
});

test('a run that is hung up keeps what was written, half-written texts and closed calls', () => {
  const running = after([
    { event: 'run', data: { id: 'r' } },
    { event: 'draft', data: draftOf('i1') },
    { event: 'text', data: { item: 'i2', revision: 1, delta: 'half' } },
    { event: 'call', data: { call: 'draft-i2-1', phase: 'drafting', item: 'i2', state: 'start' } },
  ]);
  const state = endRun(running, { kind: 'left' }, 3000, new Map([['i2', 'half a text']]));
  expect(state).toMatchObject({ status: 'cancelled', endedAt: 3000 });
  expect(state.drafts['i1']?.draft).toEqual(draftOf('i1'));
  expect(state.drafts['i2']).toEqual({ writing: undefined, partial: 'half a text' });
  expect(state.calls[0]?.state).toBe('stopped');
});

test('a stream that ends without its last event is cut, one with it keeps its status', () => {
  const running = after([{ event: 'run', data: { id: 'r' } }]);
  expect(endRun(running, { kind: 'cut' }, 3000, NO_TEXTS).status).toBe('cut');
  expect(endRun(after(RUN), { kind: 'complete' }, 3000, NO_TEXTS)).toMatchObject({
    status: 'done',
    endedAt: 2000,
  });
});

test('a failure before the stream is the run’s failure', () => {
  const failure = { code: 'key_rejected', message: 'm' } as const;
  expect(endRun(begun, { kind: 'failure', failure }, 3000, NO_TEXTS)).toMatchObject({
    status: 'failed',
    failure,
  });
});

test('a redo keeps plan and drafts and adds up what the runs before used', () => {
  const first = {
    ...after(RUN),
    earlier: { inputTokens: 10, outputTokens: 1, costUsd: 0.001, estimated: false },
  };
  const redo = beginRun(first, { asked: ASKED, now: 5000, keep: true });
  expect(redo).toMatchObject({
    status: 'preparing',
    plan: PLAN,
    drafts: first.drafts,
    earlier: { inputTokens: 1010, outputTokens: 235 },
  });
  expect(redo.earlier?.costUsd).toBeCloseTo(0.0075);
  expect(redo.phases.planning.state).toBe('done');
  expect(redo.calls).toEqual([]);
  expect(redo.receipt).toBeUndefined();
});

const reworking = beginRun(after(RUN), {
  asked: ASKED,
  now: 5000,
  keep: true,
  rework: { item: 'i1', note: 'Shorter.' },
});

test.each(['left', 'cut'] as const)(
  'a reworked text that is there when a run is %s waits for the user’s word',
  (kind) => {
    const draft = draftOf('i1', { revision: 2, body: 'Short.', digest: 'sha256:new' });
    const state = endRun(after([{ event: 'draft', data: draft }], reworking), { kind }, 6000, NO_TEXTS);
    expect(state.drafts['i1']?.draft).toEqual(draft);
    expect(state.rework).toMatchObject({ item: 'i1', before: { draft: draftOf('i1') } });
  },
);

test('a rework that ends before there is another text leaves nothing', () => {
  const half = after(
    [
      { event: 'draft', data: draftOf('i1') },
      { event: 'text', data: { item: 'i1', revision: 2, delta: 'Half' } },
    ],
    reworking,
  );
  const state = endRun(half, { kind: 'left' }, 6000, new Map([['i1', 'Half']]));
  expect(state.drafts).toEqual(reworking.drafts);
  expect(state.rework).toBeUndefined();
});

test('a draft that is changed makes a saved result one that is saved nowhere', () => {
  const saved: RunState = { ...after(RUN), saved: { id: 'plan-1', rev: 2, run: 'run-1' } };
  expect(holdsUnsaved(saved)).toBe(false);
  const edited = editDraft(saved, 'i1', { draft: draftOf('i1', { body: 'Mine.' }) }, 'edit-1');
  expect(holdsUnsaved(edited)).toBe(true);
  expect(edited).toMatchObject({ id: 'run-1', saved: { id: 'plan-1', rev: 2 } });
  // A plan that was opened from the account has no run of its own.
  const opened = editDraft({ ...saved, id: undefined, saved: { id: 'plan-1', rev: 2 } }, 'i1', {}, 'edit-1');
  expect(opened.id).toBe('edit-1');
  expect(holdsUnsaved(opened)).toBe(true);
});

const WAITING: ComposeEvent = {
  event: 'review',
  data: { state: 'waiting', leftMs: 20_000, touched: false, offers: [] },
};
const QUESTION = { id: 'q1', text: 'For whom?', default: 'Customers', assumption: 'For customers' };
const waiting = after([
  { event: 'intent', data: { ...INTENT, assumptions: ['For customers'], questions: [QUESTION] } },
  { event: 'plan', data: PLAN },
  WAITING,
]);
const edited = editReview(waiting, ({ plan }) => ({
  plan: { ...plan, title: 'Mine' },
  answers: { q1: 'The team' },
  intent: { ...INTENT, summary: 'For the team' },
}));

test('what is changed of a plan that waits outlives the events of its clock, and is sent by nobody else', () => {
  expect(after([WAITING], edited).review?.edits).toMatchObject({ plan: { title: 'Mine' } });
  expect(edited.plan).toBe(PLAN);
  expect(
    editReview(after([{ event: 'review', data: { state: 'over', by: 'user' } }], edited), (now) => now),
  ).not.toHaveProperty('review.edits');
});

test('a run that ends while its plan waits goes on from the plan as it was changed', () => {
  const left = endRun(edited, { kind: 'left' }, 6000, NO_TEXTS);
  expect(left).toMatchObject({
    plan: { title: 'Mine' },
    intent: { summary: 'For the team' },
  });
  expect(left.review).toBeUndefined();
  expect(endRun(waiting, { kind: 'left' }, 6000, NO_TEXTS).plan).toBe(PLAN);
});

test('a new run keeps nothing of the one before', () => {
  expect(beginRun(after(RUN), { asked: ASKED, now: 5000, keep: false })).toEqual({
    ...IDLE,
    status: 'preparing',
    asked: ASKED,
    startedAt: 5000,
  });
});
