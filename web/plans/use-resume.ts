import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { readChoice, rememberChoice } from '../ask/choice.ts';
import { rememberGoal } from '../ask/use-ask.ts';
import { composeOfTab } from '../compose/compose-of-tab.ts';
import { useServerConfig } from '../config/server-config.ts';
import { failureOf } from '../http/call.ts';
import { IDLE, isBusy, type RunState } from '../run/state/run-state.ts';
import { useToast } from '../ui/toast.tsx';
import { planToRun } from './plan-to-run.ts';
import { planKey, readPlan } from './plans-api.ts';

/** Opens a saved plan on the compose page, to finish what is missing or to plan its goal anew. What was there can be brought back. */
export function useResume(): (id: string) => void {
  const client = useQueryClient();
  const { data } = useServerConfig();
  const [, navigate] = useLocation();
  const toast = useToast();

  const resume = async (id: string): Promise<void> => {
    const { store } = composeOfTab(client);
    if (isBusy(store.get().status)) {
      return toast({ text: 'A run goes on in this tab. Let it finish or cancel it, then resume.' });
    }
    try {
      const plan = await fetchPlan(client, id);
      const before = store.get();
      store.replace(plan.plan ? planToRun(plan, data?.config.providers ?? []) : IDLE);
      rememberGoal(plan.goal);
      choose(plan);
      navigate('/compose');
      if (holdsUnsaved(before))
        toast({ text: 'Opened in place of the run that was here.', undo: () => store.replace(before) });
    } catch (error) {
      toast({ text: failureOf(error).message });
    }
  };
  return (id) => void resume(id);
}

function fetchPlan(client: QueryClient, id: string): Promise<SavedPlan> {
  return client.fetchQuery({
    queryKey: planKey(id),
    queryFn: ({ signal }) => readPlan(id, signal),
    staleTime: 0,
    retry: false,
  });
}

/** The provider that it came from, when the user had chosen it: an operator's is not theirs to choose. */
function choose({ origin }: SavedPlan): void {
  if (origin.credentials === 'operator') return;
  const choice = readChoice(localStorage);
  rememberChoice(localStorage, {
    ...choice,
    provider: origin.provider,
    models: { ...choice.models, [origin.provider]: origin.model },
  });
}

function holdsUnsaved({ status, saved, id, plan }: RunState): boolean {
  return status !== 'idle' && plan !== undefined && (saved === undefined || saved.run !== id);
}
