import { type ReactElement, type SubmitEvent, useState } from 'react';
import * as z from 'zod/mini';
import { AUTH_BODIES, ROLES } from '../../shared/contract/account.ts';
import type { Workspace, WorkspaceInvitation } from '../../shared/contract/workspaces.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { Section } from '../settings/section.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatDay } from '../ui/dates.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './workspaces.module.css';
import { act, invitationLink, workspacesQuery } from './workspaces-api.ts';

/** Invitations are links that their maker sends: this server sends no mail. */
export function InvitationsSection({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const { invitations } = workspace;
  return (
    <Section
      title="Invitations"
      what="An invitation is a link that works for one address and seven days. This server sends no mail: copy the link, and send it yourself to whom it is for."
    >
      {invitations.length > 0 && (
        <ul className="lines" aria-label="Invitations that wait">
          {invitations.map((invitation) => (
            <InvitationLine key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
      <InviteForm workspace={workspace} />
    </Section>
  );
}

function InvitationLine({ invitation }: { readonly invitation: WorkspaceInvitation }): ReactElement {
  const { id, email, role, expiresAt } = invitation;
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  return (
    <li className={styles['line']}>
      <div>
        <p>
          {email} <span className="tag">{role}</span>
        </p>
        <p className="small soft num">until {formatDay(expiresAt)}</p>
        {failure && <FailureNote failure={failure} />}
      </div>
      <span className="row actions">
        <CopyButton text={() => invitationLink(id)} label="Copy link" />
        <button
          type="button"
          className="plain"
          aria-label={`Cancel the invitation of ${email}`}
          aria-disabled={busy}
          onClick={() =>
            void run(
              () => act('/organization/cancel-invitation', { invitationId: id }),
              () => 'The invitation is cancelled. Its link works no more.',
            )
          }
        >
          Cancel
        </button>
      </span>
    </li>
  );
}

function InviteForm({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  const [problem, setProblem] = useState<string>();
  const shown = problem ?? (failure?.field === 'email' ? failure.message : undefined);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const email = String(given.get('email') ?? '').trim();
    const wish = { organizationId: workspace.id, email, role: given.get('role') };
    const checked = z.safeParse(AUTH_BODIES['/organization/invite-member'], wish);
    setProblem(checked.success ? undefined : 'This is not an e-mail address.');
    const done =
      checked.success &&
      (await run(
        () => act('/organization/invite-member', checked.data),
        () => `Invited ${email}. Copy the link and send it.`,
      ));
    if (done) form.reset();
    requestAnimationFrame(() => form.querySelector<HTMLElement>('[name="email"]')?.focus());
  };
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <div className={styles['invite']}>
        <TextField
          label="E-mail"
          name="email"
          type="email"
          maxLength={254}
          autoComplete="off"
          problem={shown}
        />
        <label className="field">
          <span className="label">As</span>
          <select name="role" defaultValue="member">
            {ROLES.filter((role) => role !== 'owner' || workspace.role === 'owner').map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
        </label>
        <button type="submit" className="plain strong" aria-disabled={busy}>
          {busy ? 'Inviting…' : 'Invite'}
        </button>
      </div>
      {failure && failure.field !== 'email' && <FailureNote failure={failure} />}
    </form>
  );
}
