import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ExportFormat, PlanPage } from '../../shared/contract/saved-plan.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { useToast } from '../ui/toast.tsx';
import { copyPlan, deletePlan, exportPlan, PLANS_QUERY, planQuery, restorePlan } from './plans-api.ts';

/** A plan as the actions need it. */
export interface ActionPlan {
  readonly id: string;
  readonly title: string;
}

export interface PlanActions {
  readonly duplicate: (plan: ActionPlan) => void;
  /** Gone from the list at once; the undo brings it back. `onGone` runs when the server has it deleted. */
  readonly remove: (plan: ActionPlan, onGone?: () => void) => void;
  readonly exportAs: (plan: ActionPlan, format: ExportFormat) => void;
}

export function usePlanActions(): PlanActions {
  const client = useQueryClient();
  const toast = useToast();
  const signedIn = useSignedIn();
  const tell = (error: unknown): void => toast({ text: failureOf(error).message });
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: PLANS_QUERY });

  const duplicate = useMutation({
    mutationFn: ({ id }: ActionPlan) => signedIn('to duplicate this plan', () => copyPlan(id)),
    onSuccess: async (copy) => {
      await refresh();
      toast({ text: `Duplicated as “${copy.title}”.` });
    },
    onError: tell,
  });
  const restore = useMutation({
    mutationFn: ({ id }: ActionPlan) => signedIn('to bring the plan back', () => restorePlan(id)),
    onSuccess: async (_, { id, title }) => {
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: planQuery(id).queryKey })]);
      toast({ text: `“${title}” is back.` });
    },
    onError: tell,
  });
  const remove = useMutation({
    mutationFn: ({ id }: ActionPlan) => signedIn('to delete this plan', () => deletePlan(id)),
    onMutate: async ({ id }) => {
      await client.cancelQueries({ queryKey: PLANS_QUERY });
      client.setQueriesData<InfiniteData<PlanPage>>(
        { queryKey: PLANS_QUERY },
        (known) => known && without(known, id),
      );
    },
    onSuccess: (_, plan) => {
      client.removeQueries({ queryKey: planQuery(plan.id).queryKey });
      toast({ text: `Deleted “${plan.title}”.`, undo: () => restore.mutate(plan) });
    },
    onError: tell,
    onSettled: refresh,
  });
  const save = useMutation({
    mutationFn: ({ plan, format }: { plan: ActionPlan; format: ExportFormat }) =>
      signedIn('to export this plan', () => exportPlan(plan.id, format)),
    onError: tell,
  });

  return {
    duplicate: (plan) => duplicate.mutate(plan),
    remove: (plan, onGone) => remove.mutate(plan, onGone ? { onSuccess: onGone } : undefined),
    exportAs: (plan, format) => save.mutate({ plan, format }),
  };
}

function without(known: InfiniteData<PlanPage>, id: string): InfiniteData<PlanPage> {
  const pages = known.pages.map(({ plans, total }) => {
    const kept = plans.filter((plan) => plan.id !== id);
    return { plans: kept, total: total - 1 };
  });
  return { ...known, pages };
}
