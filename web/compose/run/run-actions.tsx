import type { ReactElement } from 'react';
import { warmSignIn } from '../../account/sign-in-region.tsx';
import { warmKeyDialog } from '../../key/key-link.tsx';
import { SaveButton } from '../../plans/save-button.tsx';
import type { Save } from '../../plans/use-save.ts';
import { IDLE, type RunState } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';
import { useToast } from '../../ui/toast.tsx';
import { DownloadMenu, warmDownloads } from './download-menu.tsx';

/** Fetches what can be done with a run that is over while it still goes on. */
export function warmRunActions(): void {
  warmDownloads();
  void warmSignIn();
  void warmKeyDialog();
  import('../kept/earlier-runs.tsx').catch(() => {});
}

interface RunActionsProps {
  readonly run: RunState;
  readonly store: RunStore;
  readonly save: Save;
}

/** What can be done with the drafts of a run that is over. */
export function RunActions({ run, store, save }: RunActionsProps): ReactElement {
  const toast = useToast();
  const startOver = (): void => {
    store.replace(IDLE);
    toast({ text: 'Cleared the run.', undo: () => store.replace(run) });
  };
  return (
    <>
      <SaveButton save={save} />
      <DownloadMenu run={run} />
      <button type="button" className="plain" onClick={startOver}>
        Start over
      </button>
    </>
  );
}
