import { type ReactElement, useRef, useState } from 'react';
import { part } from '../../chunks/part.tsx';
import { isBusy, type RunState } from '../../run/state/run-state.ts';
import { useRun } from '../../run/state/run-store.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format.ts';
import { useToast } from '../../ui/toast.tsx';
import type { Compose } from '../session/open-compose.ts';
import { EarlierRun } from './earlier-run.tsx';
import { useShelf } from './run-shelf.ts';

const CompareDialog = part(
  () => import('./compare-dialog.tsx'),
  (module) => module.CompareDialog,
  {
    frame: (problem, { onClose }) => (
      <Dialog title="Two runs" onClose={onClose}>
        {problem}
      </Dialog>
    ),
  },
);

/** The runs of this tab that others came in the place of: to return to, to compare with the one above, to delete. */
export function EarlierRuns({ compose }: { readonly compose: Compose }): ReactElement | null {
  const { store, shelf } = compose;
  const runs = useShelf(shelf);
  const shown = useRun(store, (state) => state);
  const [compared, setCompared] = useState<RunState>();
  const title = useRef<HTMLHeadingElement>(null);
  const toast = useToast();
  if (runs.length === 0) return null;

  const remove = (run: RunState): void => {
    title.current?.focus();
    shelf.drop(run);
    toast({ text: 'Deleted the run from this tab.', undo: () => shelf.put(run) });
  };
  const open = (run: RunState): void => {
    store.replace(run);
    document.getElementById('answer')?.scrollIntoView({ block: 'start' });
    document.getElementById('answer')?.focus({ preventScroll: true });
  };
  const busy = isBusy(shown.status);
  return (
    <section className="sheet pad" aria-labelledby="earlier-title">
      <h2 id="earlier-title" tabIndex={-1} ref={title}>
        Earlier runs in this tab
      </h2>
      <p className="small soft">
        {busy
          ? 'They can be opened when the run above is over.'
          : 'The last twenty, until the tab is closed. None of them has a key.'}
      </p>
      {shelf.lost() > 0 && (
        <p className="small" role="note">
          {plural(shelf.lost(), 'run')} could not be kept: all together are too long for this page.
        </p>
      )}
      <ul className="lines">
        {runs.map((run) => (
          <EarlierRun
            key={`${run.startedAt} ${run.id}`}
            run={run}
            locked={busy}
            stored={shelf.isStored(run)}
            onOpen={() => open(run)}
            onCompare={shown.plan && run.plan && !busy ? () => setCompared(run) : undefined}
            onDelete={() => remove(run)}
          />
        ))}
      </ul>
      {compared && <CompareDialog earlier={compared} shown={shown} onClose={() => setCompared(undefined)} />}
    </section>
  );
}
