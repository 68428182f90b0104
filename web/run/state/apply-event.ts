import type { ComposeEvent, EventData } from '../../../shared/contract/events.ts';
import { withDraft } from './reduce-run.ts';
import type { CallProgress, RunState } from './run-state.ts';

/** How an event makes the next state. A chunk of its own with what reads the events: the first page has none. */
export type ApplyEvent = typeof applyEvent;

/** The next state; the same object when the event changes nothing. Pure: `now` is epoch ms by the page's clock. */
export function applyEvent(state: RunState, { event, data }: ComposeEvent, now: number): RunState {
  switch (event) {
    case 'run':
      return { ...state, status: 'running', id: data.id };
    case 'phase':
      return {
        ...state,
        phases: {
          ...state.phases,
          [data.phase]: { state: data.state, done: data.done ?? 0, of: data.of ?? 0 },
        },
      };
    case 'intent':
      return { ...state, intent: data };
    case 'planned':
      return { ...state, planned: [...(state.planned ?? []), data] };
    case 'plan':
      return { ...state, plan: data, planned: undefined, reused: undefined };
    case 'reused':
      return { ...state, reused: { ...state.reused, [data.item]: data } };
    case 'review':
      return { ...state, review: reviewOf(state, data, now) };
    case 'text':
      if (state.drafts[data.item]?.writing === data.revision) return state;
      return withDraft(state, data.item, { writing: data.revision, partial: undefined });
    case 'file':
      return withFile(state, data);
    case 'draft':
      return withDraft(state, data.item, { ...NOTHING_WRITTEN, draft: data });
    case 'revision':
      return withDraft(state, data.item, { revised: data });
    case 'analysis':
      return withDraft(state, data.item, { analysis: data });
    case 'evals':
      return { ...state, evals: { ...state.evals, [data.item]: data } };
    case 'trial':
      return { ...state, trials: { ...state.trials, [data.item]: data } };
    case 'call':
      return { ...state, calls: withCall(state.calls, data, now - state.startedAt) };
    case 'thinking':
      return {
        ...state,
        calls: state.calls.map((call) =>
          call.call === data.call ? { ...call, thinkingTokens: data.tokens } : call,
        ),
      };
    case 'usage':
      return { ...state, usage: data };
    case 'receipt':
      return { ...state, receipt: data };
    case 'done':
      return { ...state, status: 'done', endedAt: now };
    case 'failed':
      return { ...state, status: 'failed', failure: data.error, endedAt: now };
    case 'cancelled':
      return { ...state, status: 'cancelled', endedAt: now };
  }
}

const NOTHING_WRITTEN = { writing: undefined, writingFile: undefined, partial: undefined } as const;

/** Several are written side by side: the first is watched until it is there. */
function withFile(state: RunState, { item, path }: EventData<'file'>): RunState {
  return state.drafts[item]?.writingFile === undefined
    ? withDraft(state, item, { writingFile: path })
    : state;
}

/** By the page's own clock: the server's may say something else. */
function reviewOf(
  { review }: RunState,
  { state, leftMs = 0, touched = false, offers }: EventData<'review'>,
  now: number,
): RunState['review'] {
  if (state === 'over') return undefined;
  return { until: now + leftMs, touched, offers: offers ?? review?.offers ?? [], edits: review?.edits };
}

function withCall(
  calls: readonly CallProgress[],
  data: EventData<'call'>,
  elapsedMs: number,
): readonly CallProgress[] {
  const at = calls.findIndex((known) => known.call === data.call);
  const startedMs = data.startedMs ?? calls[at]?.startedMs ?? elapsedMs;
  const state: CallProgress['state'] = data.state === 'failed' && !data.error ? 'stopped' : data.state;
  const waitUntilMs =
    state === 'waiting' && data.waitSeconds ? elapsedMs + data.waitSeconds * 1000 : undefined;
  const loadingUntilMs = data.loadingSeconds ? elapsedMs + data.loadingSeconds * 1000 : undefined;
  const call: CallProgress = {
    ...data,
    state,
    startedMs,
    ...(waitUntilMs !== undefined && { waitUntilMs }),
    loadingUntilMs,
  };
  return at < 0 ? [...calls, call] : calls.with(at, { ...calls[at], ...call });
}
