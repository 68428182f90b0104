import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { Workspace } from '../../shared/contract/workspaces.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { Section } from '../settings/section.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useToast } from '../ui/toast.tsx';
import styles from './workspaces.module.css';
import { deleteWorkspace, workspaceQuery, workspacesQuery } from './workspaces-api.ts';

/** For owners: the end of a workspace that is nobody's own. */
export function DeleteSection({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title="Delete"
      what="Ends the workspace for all its members. This cannot be undone, and nobody can use its name again."
    >
      <button type="button" className={`plain stop ${styles['start']}`} onClick={() => setAsking(true)}>
        Delete workspace
      </button>
      {asking && <DeleteDialog workspace={workspace} onClose={() => setAsking(false)} />}
    </Section>
  );
}

interface DeleteDialogProps {
  readonly workspace: Workspace;
  readonly onClose: () => void;
}

function DeleteDialog({ workspace, onClose }: DeleteDialogProps): ReactElement {
  const { id, name, slug } = workspace;
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<string>();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const toast = useToast();
  const [, navigate] = useLocation();

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get('confirm') ?? '').trim();
    setProblem(typed === slug ? undefined : `Type ${slug}.`);
    if (typed !== slug) {
      event.currentTarget.querySelector<HTMLElement>('[name="confirm"]')?.focus();
      return;
    }
    void run(async () => {
      await signedIn('to delete the workspace', () => deleteWorkspace(id));
      client.setQueryData(workspacesQuery.queryKey, (all) => all?.filter((one) => one.id !== id));
      navigate('/settings/workspaces');
      client.removeQueries({ queryKey: workspaceQuery(id).queryKey });
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      toast({ text: `“${name}” is deleted.` });
    });
  };
  return (
    <Dialog title={`Delete “${name}”?`} onClose={onClose}>
      <ul className="small">
        <li>
          Keys that are stored in it are destroyed, and runs on them end now. API tokens made in it work no
          more.
        </li>
        <li>Plans and runs go to the own workspace of whoever made them.</li>
        <li>What is published stays, and what was private to the members is private to its author.</li>
      </ul>
      <form className={styles['short-form']} method="post" noValidate onSubmit={submit}>
        <TextField
          label={`To confirm, type ${slug}`}
          name="confirm"
          autoComplete="off"
          spellCheck={false}
          problem={problem}
        />
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="plain stop" aria-disabled={busy}>
            {busy ? 'Deleting…' : 'Delete for good'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Keep it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
