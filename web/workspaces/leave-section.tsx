import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { useLocation } from 'wouter';
import type { Workspace } from '../../shared/contract/workspaces.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { Section } from '../settings/section.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { useToast } from '../ui/toast.tsx';
import { isOnlyOwner } from './roles.ts';
import styles from './workspaces.module.css';
import { act, workspaceQuery, workspacesQuery } from './workspaces-api.ts';

/** The way out. Who is the only owner is told before they try. */
export function LeaveSection({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const [asking, setAsking] = useState(false);
  const isLast = isOnlyOwner(workspace);
  return (
    <Section
      title="Leave"
      what={
        isLast
          ? 'A workspace needs an owner, and you are the only one. Make somebody else an owner first.'
          : 'What is private to the workspace is not yours to read any more. What you published in it stays.'
      }
    >
      {!isLast && (
        <button type="button" className={`plain stop ${styles['start']}`} onClick={() => setAsking(true)}>
          Leave workspace
        </button>
      )}
      {asking && <LeaveDialog workspace={workspace} onClose={() => setAsking(false)} />}
    </Section>
  );
}

interface LeaveDialogProps {
  readonly workspace: Workspace;
  readonly onClose: () => void;
}

function LeaveDialog({ workspace, onClose }: LeaveDialogProps): ReactElement {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const toast = useToast();
  const [, navigate] = useLocation();
  const { id, name } = workspace;

  const leave = (): void => {
    void run(async () => {
      await signedIn('to leave the workspace', () => act('/organization/leave', { organizationId: id }));
      client.setQueryData(workspacesQuery.queryKey, (all) => all?.filter((one) => one.id !== id));
      navigate('/settings/workspaces');
      client.removeQueries({ queryKey: workspaceQuery(id).queryKey });
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      toast({ text: `You left “${name}”.` });
    });
  };
  return (
    <Dialog title={`Leave “${name}”?`} onClose={onClose}>
      <p>API tokens that you made in it work no more. To come back you need a new invitation.</p>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="plain stop" aria-disabled={busy} onClick={leave}>
          {busy ? 'Leaving…' : 'Leave'}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Stay
        </button>
      </div>
    </Dialog>
  );
}
