import { useMemo } from 'react';
import type { Plan } from '../../shared/contract/plan.ts';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { useToast } from '../ui/toast.tsx';

/** Changes drafts of this tab's run, once it is over. */
export function useRunTools(
  goal: string,
  plan: Plan | undefined,
  store: RunStore,
  busy: boolean,
): DraftTools | undefined {
  const toast = useToast();
  return useMemo(() => {
    if (!plan || busy) return undefined;
    return {
      goal,
      plan,
      change(item, next, told) {
        const before = store.get().drafts[item] ?? {};
        store.edit(item, next);
        toast({ text: told, undo: () => store.edit(item, before) });
      },
    };
  }, [goal, plan, store, busy, toast]);
}
