import { type ReactElement, useState } from 'react';
import type { Role } from '../../shared/contract/account.ts';
import type { Workspace, WorkspaceMember } from '../../shared/contract/workspaces.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { formatDay } from '../ui/dates.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { rolesFor, roleWithArticle } from './roles.ts';
import styles from './workspaces.module.css';
import { act, workspacesQuery } from './workspaces-api.ts';

interface MemberLineProps {
  readonly member: WorkspaceMember;
  readonly workspace: Workspace;
}

/** One person: their role, which owners and admins change, and a way to remove them. */
export function MemberLine({ member, workspace }: MemberLineProps): ReactElement {
  const { handle, email, role, since, you, id: memberId } = member;
  const { id: organizationId } = workspace;
  const [removing, setRemoving] = useState(false);
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  const choices = rolesFor(workspace, member);

  const change = (next: Role): void => {
    const body = { organizationId, memberId, role: next };
    void run(
      () => act('/organization/update-member-role', body),
      () => `${handle} is ${roleWithArticle(next)} now.`,
    );
  };
  return (
    <li className={styles['line']}>
      <div>
        <p>
          <span className="mono">{handle}</span> {you && <span className="tag">you</span>}
        </p>
        <p className="small soft num">
          {email !== null && `${email} · `}since {formatDay(since)}
        </p>
        {failure && <FailureNote failure={failure} />}
      </div>
      <span className="row actions">
        {choices.length > 1 ? (
          <select
            aria-label={`Role of ${handle}`}
            value={role}
            aria-disabled={busy}
            // as: the choices are roles
            onChange={({ currentTarget }) => change(currentTarget.value as Role)}
          >
            {choices.map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
          </select>
        ) : (
          <span className="tag">{role}</span>
        )}
        {choices.length > 1 && !you && (
          <button
            type="button"
            className="plain"
            aria-label={`Remove ${handle}`}
            onClick={() => setRemoving(true)}
          >
            Remove
          </button>
        )}
      </span>
      {removing && <RemoveDialog member={member} workspace={workspace} onClose={() => setRemoving(false)} />}
    </li>
  );
}

interface RemoveDialogProps extends MemberLineProps {
  readonly onClose: () => void;
}

function RemoveDialog({ member, workspace, onClose }: RemoveDialogProps): ReactElement {
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  const { handle, id: memberIdOrEmail } = member;
  const remove = (): void => {
    const body = { organizationId: workspace.id, memberIdOrEmail };
    void run(
      () => act('/organization/remove-member', body),
      () => `${handle} is removed.`,
    );
  };
  return (
    <Dialog title={`Remove ${handle} from “${workspace.name}”?`} onClose={onClose}>
      <p>
        They lose it at once, and API tokens that they made in it work no more. What they published stays.
      </p>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="plain stop" aria-disabled={busy} onClick={remove}>
          {busy ? 'Removing…' : 'Remove'}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Keep them
        </button>
      </div>
    </Dialog>
  );
}
