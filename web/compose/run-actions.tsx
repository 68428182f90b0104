import type { ReactElement } from 'react';
import { warmSignIn } from '../account/sign-in-region.tsx';
import { loadChunk } from '../chunks/load-chunk.ts';
import { failureOf } from '../http/call.ts';
import { warmKeyDialog } from '../key/key-link.tsx';
import { SaveButton } from '../plans/save-button.tsx';
import type { Save } from '../plans/use-save.ts';
import { IDLE, type RunState } from '../run/state/run-state.ts';
import type { RunStore } from '../run/state/run-store.ts';
import { download } from '../ui/download.ts';
import { plural } from '../ui/format.ts';
import { useToast } from '../ui/toast.tsx';

/** Needs the server only once: see `warmRunActions`. */
const loadPackSkills = () => loadChunk(() => import('../../shared/skills/pack-skills.ts'));

/** Fetches what can be done with a run that is over while it still goes on. */
export function warmRunActions(): void {
  loadPackSkills().catch(() => {});
  void warmSignIn();
  void warmKeyDialog();
}

interface RunActionsProps {
  readonly run: RunState;
  readonly store: RunStore;
  readonly save: Save;
}

/** What can be done with the drafts of a run that is over. */
export function RunActions({ run, store, save }: RunActionsProps): ReactElement {
  const toast = useToast();
  const drafts = (run.plan?.items ?? []).flatMap(({ id }) => run.drafts[id]?.draft ?? []);

  const downloadAll = async (): Promise<void> => {
    try {
      const { packSkills } = await loadPackSkills();
      download('skills.zip', packSkills(drafts), 'application/zip');
    } catch (error) {
      toast({ text: failureOf(error).message });
    }
  };
  const startOver = (): void => {
    store.replace(IDLE);
    toast({ text: 'Cleared the run.', undo: () => store.replace(run) });
  };
  return (
    <>
      <SaveButton save={save} />
      {drafts.length > 0 && (
        <button
          type="button"
          className="plain"
          title={`${plural(drafts.length, 'skill')}, each in a folder of its own`}
          onClick={() => void downloadAll()}
        >
          Download ZIP
        </button>
      )}
      <button type="button" className="plain" onClick={startOver}>
        Start over
      </button>
    </>
  );
}
