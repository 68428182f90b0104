import { useMemo } from 'react';
import type { DraftTools } from '../run/draft/draft-tools.ts';
import { isBusy, type RunState } from '../run/state/run-state.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { useToast } from '../ui/toast.tsx';

/** Changes drafts of this tab's run, once it is over. */
export function useRunTools(
  { asked, plan, status, rework: reworked }: RunState,
  store: RunStore,
  rework: (item: string, note: string) => void,
): DraftTools | undefined {
  const toast = useToast();
  const goal = asked?.goal ?? '';
  const busy = isBusy(status);
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
      rework,
      reworked,
      endRework: store.endRework,
    };
  }, [goal, plan, busy, store, toast, rework, reworked]);
}
