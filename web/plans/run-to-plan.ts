import type { RunOutcome, SavePlan } from '../../shared/contract/saved-plan.ts';
import { addUsage, NO_USAGE } from '../../shared/contract/usage.ts';
import { missingOf } from '../run/state/missing.ts';
import { isBusy, type RunState } from '../run/state/run-state.ts';

/** A run that is over as its plan goes to the account: no key was ever in it. Undefined: there is nothing to save yet. */
export function runToPlan(run: RunState): SavePlan | undefined {
  const { asked, intent, plan, status } = run;
  if (!asked || isBusy(status) || status === 'idle' || !(plan ?? intent)) return undefined;
  const items = Object.values(run.drafts);
  const used = [run.earlier, run.usage].filter((usage) => usage !== undefined);
  return {
    goal: asked.goal,
    intent: intent ?? null,
    plan: plan ?? null,
    drafts: items.flatMap(({ draft }) => draft ?? []),
    // What a draft that was written anew said of the one before is nothing to keep.
    analyses: items.flatMap(({ draft, analysis }) =>
      analysis && draft?.digest === analysis.digest ? analysis : [],
    ),
    ...(run.evals && { evals: Object.values(run.evals) }),
    ...(run.trials && { trials: Object.values(run.trials) }),
    usage: used.reduce(addUsage, NO_USAGE),
    outcome: outcomeOf(run),
    origin: {
      provider: asked.provider,
      model: asked.model,
      credentials: run.turnedAt === undefined ? 'none' : 'user',
    },
  };
}

/** A try or a redraft that did not come to its end takes nothing from a plan that had: nothing of it is missing. */
function outcomeOf(run: RunState): RunOutcome {
  const { status, plan, earlier } = run;
  const isWhole = plan !== undefined && earlier !== undefined && missingOf(run).length === 0;
  if (status === 'done' || isWhole) return 'done';
  return status === 'failed' ? 'failed' : 'cancelled';
}
