import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type HostedRun, isOver } from '../../shared/contract/hosted.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { planQuery } from '../plans/plans-api.ts';
import { usePlanTools } from '../plans/use-plan-tools.ts';
import { usePlanTries } from '../plans/use-plan-tries.ts';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import type { TryTools } from '../run/draft/try/try-tools.ts';
import type { RunState } from '../run/state/run-state.ts';
import { planIdOf, runWithPlan } from './run-plan.ts';

export interface RunPlan {
  /** As the account has it; undefined before it is there, and where it was deleted. */
  readonly saved: SavedPlan | undefined;
  /** The run with that plan's texts. */
  readonly shown: RunState;
  readonly tools: DraftTools | undefined;
  readonly tries: TryTools | undefined;
}

/** The plan that a run on this server made or drafts again, and what can be done with it. */
export function useRunPlan(record: HostedRun, run: RunState): RunPlan {
  const id = planIdOf(record);
  const { data: saved } = useQuery({ ...planQuery(id ?? ''), enabled: id !== undefined });
  const shown = useMemo(() => runWithPlan(record, run, saved), [record, run, saved]);
  const { forPlan, usage, state } = record;
  const trying = useMemo(
    () => ({
      busy: forPlan?.tries === true && !isOver(state),
      subject: forPlan?.tries ? forPlan.items.map((item) => item.id) : [],
      used: forPlan?.tries && isOver(state) ? usage : undefined,
    }),
    [forPlan, usage, state],
  );
  const tries = usePlanTries(saved, shown, trying);
  // What is written just now cannot be tried.
  const isWriting = !isOver(state) && !forPlan?.tries;
  return { saved, shown, tools: usePlanTools(saved), tries: isWriting ? undefined : tries };
}
