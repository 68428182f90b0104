import type { HostedRun } from '../../shared/contract/hosted.ts';
import { isOver } from '../../shared/contract/hosted.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { byItem, draftsOf } from '../plans/plan-to-run.ts';
import type { DraftProgress, Rework, RunState } from '../run/state/run-state.ts';

/** The saved plan that a run's page is about: where the run ended, or while it lasts the one that it drafts again. */
export function planIdOf({ state, planId, forPlan }: HostedRun): string | undefined {
  if (isOver(state) && planId !== null) return planId;
  return forPlan?.id;
}

/**
 * The run with the plan of the account. While it lasts, what it does not write is as it was. When it is over the account's texts are
 * shown: they may have been changed since. The run as it is where there is no such plan.
 */
export function runWithPlan(record: HostedRun, run: RunState, saved: SavedPlan | undefined): RunState {
  if (!saved) return run;
  return { ...withTexts(record, run, saved), ...triedIn(record, run, saved) };
}

function withTexts(record: HostedRun, run: RunState, saved: SavedPlan): RunState {
  const kept = draftsOf(saved);
  if (!isOver(record.state) || isBefore(record, saved)) {
    const drafts = Object.entries(run.drafts).map(([item, made]) => [item, { ...kept[item], ...made }]);
    const { intent = saved.intent ?? undefined, plan = saved.plan ?? undefined } = run;
    return { ...run, intent, plan, drafts: { ...kept, ...Object.fromEntries(drafts) } };
  }
  const { intent = saved.intent ?? undefined } = run;
  return { ...run, intent, plan: saved.plan ?? run.plan, drafts: shownAfter(run, kept) };
}

/** The plan's evals and trials; over them, until the plan has them, what this run has told. */
function triedIn(
  { forPlan, planId }: HostedRun,
  run: RunState,
  saved: SavedPlan,
): Pick<RunState, 'evals' | 'trials'> {
  const evals = byItem(saved.evals);
  const trials = byItem(saved.trials);
  if (!forPlan?.tries || (planId === saved.id && saved.rev > forPlan.rev)) return { evals, trials };
  return { evals: { ...evals, ...run.evals }, trials: { ...trials, ...run.trials } };
}

/** The plan as it was before the run that is over wrote into it: it is asked for again just now. */
function isBefore({ forPlan, planId }: HostedRun, { id, rev }: SavedPlan): boolean {
  return forPlan?.result === 'kept' && planId === id && forPlan.id === id && forPlan.rev === rev;
}

/** The account's drafts, with what only the run knows: the last revision of a text that is still the same, and what was left half. */
function shownAfter(
  { drafts }: RunState,
  kept: Readonly<Record<string, DraftProgress>>,
): Readonly<Record<string, DraftProgress>> {
  const shown: Record<string, DraftProgress> = { ...kept };
  for (const [item, { draft, revised, partial }] of Object.entries(drafts)) {
    const now = kept[item];
    if (!now) shown[item] = { partial };
    else if (now.draft?.digest === draft?.digest) shown[item] = { ...now, revised };
  }
  return shown;
}

/** A draft that was reworked in the user's own words: what it would be, and what it is. Undefined: there is nothing to decide. */
export function offerOf(
  { forPlan }: HostedRun,
  { drafts }: RunState,
  saved: SavedPlan | undefined,
): { readonly made: DraftProgress; readonly rework: Rework } | undefined {
  const asked = forPlan?.result === 'offered' ? forPlan.items[0] : undefined;
  const made = asked && drafts[asked.id];
  const before = asked && saved && draftsOf(saved)[asked.id];
  if (!asked || !made?.draft || !before?.draft) return undefined;
  if (made.draft.digest === before.draft.digest) return undefined;
  return { made, rework: { item: asked.id, note: asked.notes.join(' '), before } };
}
