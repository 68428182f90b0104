import type { Failure } from '../../contract/failure.ts';
import type { PlanItem } from '../../contract/plan.ts';
import { createLimit } from '../calls/limit-parallel.ts';
import { PARALLEL_DRAFTS } from '../compose-options.ts';
import { itemsToWrite } from '../known-work.ts';
import type { DraftingRun } from './drafting-run.ts';
import { firstDraft } from './first-draft.ts';
import { analyzeItem } from './make-item.ts';

/** The phases drafting and analyzing, which overlap. Returns how many drafts there are, their texts by the names of their skills, and the first failure of one that is not. */
export async function makeDrafts(parts: Omit<DraftingRun, 'lane' | 'bodies' | 'several'>): Promise<{
  readonly drafts: number;
  readonly bodies: ReadonlyMap<string, string>;
  readonly failure: Failure | undefined;
}> {
  const items = itemsToWrite(parts.plan, parts.known.scope);
  const run: DraftingRun = {
    ...parts,
    bodies: new Map(),
    several: items.length > 1,
    lane: createLimit(parts.options.parallelDrafts ?? PARALLEL_DRAFTS),
  };
  const drafting = createProgress(run, 'drafting', items.length);
  const analyzing = createProgress(run, 'analyzing', items.length);
  let failure: Failure | undefined;

  const makeOne = async (item: PlanItem): Promise<void> => {
    const made = await firstDraft(run, item);
    if (made.kind === 'failure') failure ??= made.failure;
    drafting.settle(made.kind === 'draft');
    if (made.kind !== 'draft') return analyzing.settle(false);
    analyzing.start();
    if (!run.known.analyzed.has(made.draft.digest)) await analyzeItem(run, item, made);
    analyzing.settle(true);
  };

  drafting.start();
  if (items.length === 0) analyzing.start();
  // Every task is waited for, so that nothing runs on after the run; a bug in one is thrown when all have ended.
  const settled = await Promise.allSettled(
    items.map((item) =>
      makeOne(item).catch((error: unknown) => {
        run.calls.endNow({ kind: 'cancelled' });
        throw error;
      }),
    ),
  );
  for (const task of settled) if (task.status === 'rejected') throw task.reason;
  return { drafts: drafting.succeeded(), bodies: run.bodies, failure };
}

interface Progress {
  start(): void;
  settle(success: boolean): void;
  succeeded(): number;
}

function createProgress(run: DraftingRun, phase: 'drafting' | 'analyzing', of: number): Progress {
  let started = false;
  let done = 0;
  let settled = 0;
  const tell = (state: 'start' | 'progress' | 'done'): void =>
    run.queue.push({ event: 'phase', data: { phase, state, done, of } });
  return {
    start: () => {
      if (started) return;
      started = true;
      tell('start');
      if (of === 0) tell('done');
    },
    settle: (success) => {
      settled += 1;
      if (success) done += 1;
      if (success && started) tell('progress');
      // A phase that the run's end cut short is never done.
      if (settled === of && started && !run.calls.ending()) tell('done');
    },
    succeeded: () => done,
  };
}
