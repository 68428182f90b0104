import type { QueryClient } from '@tanstack/react-query';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import type { ProviderInfo } from '../../shared/contract/server-config.ts';
import type { AskState } from '../ask/use-ask.ts';
import { planToRun } from '../plans/plan-to-run.ts';
import { planQuery } from '../plans/plans-api.ts';
import { IDLE, isBusy } from '../run/state/run-state.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { holdsUnsaved } from '../run/state/unsaved.ts';
import type { Toast } from '../ui/toast.tsx';

export interface OpenPlanParts {
  readonly client: QueryClient;
  readonly store: RunStore;
  readonly ask: AskState;
  readonly providers: readonly ProviderInfo[];
}

/**
 * Puts a saved plan on the compose page, to finish what is missing or to plan its goal anew. Answers what there is to tell, with a
 * way back to what was here. Rejects as `call` does. A chunk of its own.
 */
export async function openPlan(
  id: string,
  { client, store, ask, providers }: OpenPlanParts,
): Promise<Toast | undefined> {
  const before = store.get();
  if (isBusy(before.status))
    return { text: 'A run goes on in this tab. Let it finish or cancel it, then resume.' };

  const plan = await client.fetchQuery({ ...planQuery(id), staleTime: 0, retry: false });
  store.replace(plan.plan ? planToRun(plan, providers) : IDLE);
  ask.setGoal(plan.goal);
  choose(plan, ask);
  return holdsUnsaved(before)
    ? { text: 'Opened in place of the run that was here.', undo: () => store.replace(before) }
    : undefined;
}

/** The provider that it came from, when the user had chosen it: an operator's is not theirs to choose. */
function choose({ origin }: SavedPlan, { choice, setChoice }: AskState): void {
  if (origin.credentials === 'operator') return;
  setChoice({
    ...choice,
    provider: origin.provider,
    models: { ...choice.models, [origin.provider]: origin.model },
  });
}
