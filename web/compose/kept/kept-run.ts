import * as z from 'zod/mini';
import { failure } from '../../../shared/contract/failure.ts';
import { PHASES, phaseName } from '../../../shared/contract/phase.ts';
import { analysis, draft, intent, plan, reusedSkill, revision } from '../../../shared/contract/plan.ts';
import { envelope } from '../../../shared/contract/receipt.ts';
import { usage } from '../../../shared/contract/usage.ts';
import { endRun } from '../../run/state/reduce-run.ts';
import type { RunState } from '../../run/state/run-state.ts';

/**
 * The run in this tab's sessionStorage, so that a reload loses nothing that was written. It has the goal and the answers; the key
 * was never in the state that is kept here.
 */
const STORAGE_NAME = 'oneturn.run';
/** Browsers give a site about five million characters; the rest of the page needs few. */
const MAX_CHARS = 4_000_000;

const progress = z.object({
  state: z.enum(['waiting', 'start', 'progress', 'done']),
  done: z.number(),
  of: z.number(),
});

const draftProgress = z.object({
  writing: z.optional(z.number()),
  draft: z.optional(draft),
  analysis: z.optional(analysis),
  revised: z.optional(revision),
  partial: z.optional(z.string()),
});

export const keptRun = z.object({
  status: z.enum(['idle', 'preparing', 'sent', 'running', 'done', 'failed', 'cancelled', 'cut']),
  id: z.optional(z.string()),
  asked: z.object({
    goal: z.string(),
    provider: z.string(),
    providerName: z.string(),
    host: z.string(),
    model: z.string(),
  }),
  startedAt: z.number(),
  endedAt: z.optional(z.number()),
  turnedAt: z.optional(z.number()),
  notices: z.array(z.string()),
  phases: z.record(z.enum(PHASES), progress),
  intent: z.optional(intent),
  plan: z.optional(plan),
  drafts: z.record(z.string(), draftProgress),
  reused: z.optional(z.record(z.string(), reusedSkill)),
  rework: z.optional(z.object({ item: z.string(), note: z.string(), before: draftProgress })),
  calls: z.array(
    z.object({
      call: z.string(),
      phase: phaseName,
      item: z.optional(z.string()),
      state: z.enum(['start', 'waiting', 'done', 'failed', 'stopped']),
      startedMs: z.number(),
      ms: z.optional(z.number()),
      waitSeconds: z.optional(z.number()),
      waitUntilMs: z.optional(z.number()),
      thinkingTokens: z.optional(z.number()),
      usage: z.optional(usage),
      error: z.optional(failure),
    }),
  ),
  usage: z.optional(usage),
  earlier: z.optional(usage),
  receipt: z.optional(envelope),
  failure: z.optional(failure),
  saved: z.optional(z.object({ id: z.string(), rev: z.number(), run: z.optional(z.string()) })),
});

type Tab = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A run's state from what a tab kept of it, with one that was under way when the page went as over. */
export function overRun(data: z.infer<typeof keptRun>): RunState {
  return { ...endRun(data, { kind: 'cut' }, data.endedAt ?? data.startedAt, new Map()), restored: true };
}

/** False when more room would help, or storage is off. */
export function keepRun(storage: Tab, state: RunState, texts: ReadonlyMap<string, string>): boolean {
  try {
    if (state.status === 'idle') {
      storage.removeItem(STORAGE_NAME);
      return true;
    }
    const kept = withTexts(state, texts);
    const whole = JSON.stringify(kept);
    // Half-written texts are dropped first: what is done matters more.
    const text = whole.length <= MAX_CHARS ? whole : JSON.stringify(withTexts(state, new Map()));
    // Too long for any storage: nothing is kept, since an older state would come back as if it were this one.
    if (text.length <= MAX_CHARS) storage.setItem(STORAGE_NAME, text);
    else storage.removeItem(STORAGE_NAME);
    return true;
  } catch {
    return false;
  }
}

/** The kept run as it stands after a reload: one that was under way when the page went is over. */
export function readKeptRun(storage: Tab): RunState | undefined {
  try {
    const text = storage.getItem(STORAGE_NAME);
    const parsed = text === null ? undefined : z.safeParse(keptRun, JSON.parse(text));
    if (!parsed?.success) return undefined;
    return overRun(parsed.data);
  } catch {
    return undefined;
  }
}

/** Texts that are being written, as if the run had stopped here. */
function withTexts(state: RunState, texts: ReadonlyMap<string, string>): RunState {
  const drafts = Object.entries(state.drafts).map(([item, draft]) =>
    draft.writing === undefined
      ? [item, draft]
      : [item, { ...draft, writing: undefined, partial: texts.get(item) }],
  );
  return { ...state, drafts: Object.fromEntries(drafts) };
}
