import { type ReactElement, useState } from 'react';
import type { Workspace } from '../../shared/contract/workspaces.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { Section } from '../settings/section.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import styles from './workspaces.module.css';
import { pauseWorkspace, resumeWorkspace, workspacesQuery } from './workspaces-api.ts';

/** For owners: stops what is done in the workspace's name, and lets it go on. */
export function PauseSection({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const { id, name, paused } = workspace;
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  const [asking, setAsking] = useState(false);
  const resume = (): void =>
    void run(
      () => resumeWorkspace(id),
      () => `“${name}” goes on.`,
    );

  return (
    <Section
      title={paused ? 'Paused' : 'Pause'}
      what={
        paused
          ? 'Nothing is run on the server, published or stored here. Keys that were stored are gone: add them again when it goes on.'
          : 'Nothing is run on the server or published until you resume. Keys that are stored here are destroyed at once.'
      }
    >
      {failure && !asking && <FailureNote failure={failure} />}
      <button
        type="button"
        className={paused ? `plain strong ${styles['start']}` : `plain stop ${styles['start']}`}
        aria-disabled={busy}
        onClick={paused ? resume : () => setAsking(true)}
      >
        {paused ? 'Resume' : 'Pause workspace'}
      </button>
      {asking && <PauseDialog workspace={workspace} onClose={() => setAsking(false)} />}
    </Section>
  );
}

interface PauseDialogProps {
  readonly workspace: Workspace;
  readonly onClose: () => void;
}

function PauseDialog({ workspace, onClose }: PauseDialogProps): ReactElement {
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  const { id, name } = workspace;
  const pause = async (): Promise<void> => {
    if (
      await run(
        () => pauseWorkspace(id),
        () => `“${name}” is paused.`,
      )
    )
      onClose();
  };
  return (
    <Dialog title={`Pause “${name}”?`} onClose={onClose}>
      <ul className="small">
        <li>Keys that are stored in it are destroyed for good, and runs on them end now.</li>
        <li>Runs on the server’s budget that have begun finish; none begins.</li>
        <li>Plans, members and what is published stay as they are.</li>
      </ul>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="plain stop" aria-disabled={busy} onClick={() => void pause()}>
          {busy ? 'Pausing…' : 'Pause'}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Go on
        </button>
      </div>
    </Dialog>
  );
}
