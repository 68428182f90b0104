import { editDraft } from '../../run/state/reduce-run.ts';
import { type DraftProgress, isBusy, type RunState } from '../../run/state/run-state.ts';
import type { Compose } from '../session/open-compose.ts';

interface Change {
  readonly item: string;
  /** The digest of what the change made. */
  readonly changed: string | undefined;
  readonly before: DraftProgress;
}

/**
 * Puts a draft back as it was before a change, in the run that holds what the change made: another run may be shown by now. False where no
 * run of this tab holds that any more, or a run goes on.
 */
export function takeBack(
  { store, shelf }: Pick<Compose, 'store' | 'shelf'>,
  { item, changed, before }: Change,
): boolean {
  const holds = ({ drafts }: RunState): boolean =>
    changed !== undefined && drafts[item]?.draft?.digest === changed;
  const shown = store.get();
  if (isBusy(shown.status)) return false;
  if (holds(shown)) {
    store.edit(item, before);
    return true;
  }
  const run = shelf.get().find(holds);
  if (!run) return false;
  shelf.put(editDraft(run, item, before, run.id ?? ''));
  return true;
}
