import { useMemo } from 'react';
import type { DraftTools } from '../../run/draft/draft-tools.ts';
import { isBusy, type RunState } from '../../run/state/run-state.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Compose } from '../session/open-compose.ts';
import { takeBack } from './take-back.ts';

const NOT_TAKEN_BACK = 'Not undone: a run goes on, or the draft was changed again since.';

/** Changes drafts of this tab's run, once it is over. */
export function useRunTools(
  { asked, plan, status, rework: reworked }: RunState,
  { store, shelf }: Pick<Compose, 'store' | 'shelf'>,
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
        const changed = next.draft?.digest;
        const undo = (): void => {
          if (!takeBack({ store, shelf }, { item, changed, before })) toast({ text: NOT_TAKEN_BACK, undo });
        };
        toast({ text: told, undo });
      },
      rework,
      reworked,
      endRework: store.endRework,
    };
  }, [goal, plan, busy, store, shelf, toast, rework, reworked]);
}
