import { useMemo } from 'react';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useRedraft } from '../hosted/use-redraft.ts';
import { failureOf } from '../http/call.ts';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import { broughtText } from '../run/state/missing.ts';
import { useToast } from '../ui/toast.tsx';
import { usePlanChange } from './use-plan-change.ts';

/** Changes drafts of a saved plan, each change at once in the account. What is reworked on this server is offered at its run. */
export function usePlanTools(saved: SavedPlan | undefined): DraftTools | undefined {
  const change = usePlanChange();
  const toast = useToast();
  const { on, start } = useRedraft();
  return useMemo(() => {
    const { plan, intent, goal } = saved ?? {};
    if (!saved || !plan || goal === undefined) return undefined;
    const rework = (item: string, note: string): void => {
      const draft = saved.drafts.find((one) => one.item === item);
      if (!draft || !intent) return;
      const items = [{ id: item, ...broughtText(draft), notes: [note] }];
      start(saved, { intent, plan, items }, 'offered').catch((error: unknown) =>
        toast({ text: failureOf(error).message }),
      );
    };
    return {
      goal,
      plan,
      change(_item, { draft, analysis }, told) {
        if (draft) change(saved, { draft, analysis }, told);
      },
      ...(on !== undefined && intent && { rework, reworkedOn: on }),
    };
  }, [saved, change, toast, on, start]);
}
