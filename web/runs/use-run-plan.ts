import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { planQuery } from '../plans/plans-api.ts';
import { usePlanTools } from '../plans/use-plan-tools.ts';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import type { RunState } from '../run/state/run-state.ts';
import { planIdOf, runWithPlan } from './run-plan.ts';

export interface RunPlan {
  /** As the account has it; undefined before it is there, and where it was deleted. */
  readonly saved: SavedPlan | undefined;
  /** The run with that plan's texts. */
  readonly shown: RunState;
  readonly tools: DraftTools | undefined;
}

/** The plan that a run on this server made or drafts again, and what can be done with it. */
export function useRunPlan(record: HostedRun, run: RunState): RunPlan {
  const id = planIdOf(record);
  const { data: saved } = useQuery({ ...planQuery(id ?? ''), enabled: id !== undefined });
  const shown = useMemo(() => runWithPlan(record, run, saved), [record, run, saved]);
  return { saved, shown, tools: usePlanTools(saved) };
}
