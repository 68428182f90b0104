import * as z from 'zod/mini';
import { skillEvals, trial } from '../../../shared/contract/evals.ts';
import { failure } from '../../../shared/contract/failure.ts';
import { PHASES, phaseName } from '../../../shared/contract/phase.ts';
import { analysis, draft, intent, plan, reusedSkill, revision } from '../../../shared/contract/plan.ts';
import { envelope } from '../../../shared/contract/receipt.ts';
import { usage } from '../../../shared/contract/usage.ts';
import { endRun } from '../../run/state/reduce-run.ts';
import type { RunState } from '../../run/state/run-state.ts';
import { RUN_STORAGE } from './kept-run.ts';
import { RUNS_STORAGE } from './run-shelf.ts';

/** What a tab kept over a reload: the run that was shown, and those before it. */
export interface Kept {
  readonly run?: RunState | undefined;
  readonly runs: readonly RunState[];
}

type Tab = Pick<Storage, 'getItem'>;

/** In a chunk of its own: a tab that comes for the first time keeps nothing, and needs none of these shapes. */
export function readKept(storage: Tab): Kept {
  return { run: readKeptRun(storage), runs: readKeptRuns(storage) };
}

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

const keptRun = z.object({
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
  evals: z.optional(z.record(z.string(), skillEvals)),
  trials: z.optional(z.record(z.string(), trial)),
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

/** The kept run as it stands after a reload: one that was under way when the page went is over. */
export function readKeptRun(storage: Tab): RunState | undefined {
  try {
    const text = storage.getItem(RUN_STORAGE);
    const parsed = text === null ? undefined : z.safeParse(keptRun, JSON.parse(text));
    if (!parsed?.success) return undefined;
    return overRun(parsed.data);
  } catch {
    return undefined;
  }
}

/** What a build of another shape has kept is left out, run by run. */
export function readKeptRuns(storage: Tab): readonly RunState[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(RUNS_STORAGE) ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((data: unknown) => {
      const parsed = z.safeParse(keptRun, data);
      return parsed.success ? [overRun(parsed.data)] : [];
    });
  } catch {
    return [];
  }
}

function overRun(data: z.infer<typeof keptRun>): RunState {
  return { ...endRun(data, { kind: 'cut' }, data.endedAt ?? data.startedAt, new Map()), restored: true };
}
