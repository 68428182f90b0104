import { useMemo } from 'react';
import { estimateTrial } from '../../shared/compose/trials/estimate-trial.ts';
import type { SkillEvals } from '../../shared/contract/evals.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import type { Usage } from '../../shared/contract/usage.ts';
import { refuseNewSecret } from '../hosted/new-secret.ts';
import { useRedraft } from '../hosted/use-redraft.ts';
import { failureOf } from '../http/call.ts';
import type { TryTools } from '../run/draft/try/try-tools.ts';
import type { RunState } from '../run/state/run-state.ts';
import { trialOf } from '../run/state/try-request.ts';
import { useToast } from '../ui/toast.tsx';
import { useWritePlan } from './use-plan-tools.ts';

/** The run on this server that the page is of. */
export interface TryingRun {
  readonly busy: boolean;
  /** The items that it tries, by what it says of itself. */
  readonly subject: readonly string[];
  /** What it has used, once it is over. */
  readonly used: Usage | undefined;
}

const NOBODY: TryingRun = { busy: false, subject: [], used: undefined };

/**
 * Tries drafts of a saved plan on this server, in a run of its own whose results go into the plan; on a key of one's own it is done on the
 * compose page, where the key's field is. `run` has what is shown: the plan's texts, evals and trials.
 */
export function usePlanTries(
  saved: SavedPlan | undefined,
  run: Pick<RunState, 'plan' | 'drafts' | 'evals' | 'trials'>,
  { busy, subject, used }: TryingRun = NOBODY,
): TryTools | undefined {
  const { on, prices, tryOut } = useRedraft();
  const write = useWritePlan();
  const toast = useToast();
  const { plan, drafts, evals, trials } = run;
  return useMemo(() => {
    if (!saved) return undefined;
    const state = { plan, drafts, evals };
    const attempt = (work: Promise<unknown>): void => {
      work.catch((error: unknown) => toast({ text: failureOf(error).message }));
    };
    const tools = {
      ...{ evals: evals ?? {}, trials: trials ?? {}, busy, subject, used },
      items: (plan?.items ?? []).flatMap(({ id }) => (drafts[id]?.draft ? [id] : [])),
      href: `/compose?plan=${saved.id}`,
      change(next: SkillEvals) {
        const others = (saved.evals ?? []).filter(({ item }) => item !== next.item);
        const keep = async (): Promise<void> => {
          await refuseNewSecret(next, saved);
          await write(saved, { evals: [...others, next] });
        };
        attempt(keep());
      },
    };
    if (on === undefined) return tools;
    return {
      ...tools,
      on,
      estimate(wanted) {
        const trial = trialOf(state, wanted);
        return trial && estimateTrial(saved.goal, trial, prices);
      },
      start(wanted) {
        const trial = trialOf(state, wanted);
        if (trial) attempt(tryOut(saved, trial));
      },
    };
  }, [saved, plan, drafts, evals, trials, busy, subject, used, on, prices, tryOut, write, toast]);
}
