import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { ReceivedInvitation } from '../../shared/contract/workspaces.ts';
import { ACCOUNT_QUERY, useHandle } from '../account/me.ts';
import { Mine } from '../account/mine.tsx';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { useAction } from '../http/use-action.ts';
import { QueryPart } from '../settings/query-part.tsx';
import { formatDay } from '../ui/dates.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useToast } from '../ui/toast.tsx';
import { roleWithArticle } from './roles.ts';
import { act, invitationQuery } from './workspaces-api.ts';

/** What the link of an invitation opens: whose workspace it is, and the two answers. */
export function InvitationPage(): ReactElement {
  const { id = '' } = useParams();
  return (
    <Mine
      title="An invitation"
      what="Somebody invites you to their workspace. Sign in, or make an account, with the address that they invited."
    >
      <section className="page narrow">
        <h1>An invitation</h1>
        <Invitation key={id} id={id} />
      </section>
    </Mine>
  );
}

function Invitation({ id }: { readonly id: string }): ReactElement {
  const query = useQuery(invitationQuery(id));
  const handle = useHandle();
  const [declined, setDeclined] = useState(false);
  if (declined) return <p>Declined. Nothing was changed, and the link works no more.</p>;
  if (query.error && failureOf(query.error).code === 'not_found')
    return (
      <div className="note-bad" role="alert">
        <p>There is no such invitation for you.</p>
        <p className="small soft">
          It may have been accepted, cancelled or be older than seven days, or be for another address than the
          one of {handle}. Ask for a new one, or sign out and in with the address that was invited.
        </p>
        <p>
          <Link href="/settings/workspaces">Your workspaces</Link>
        </p>
      </div>
    );
  return (
    <QueryPart query={query}>
      {(invitation) => <Answers invitation={invitation} onDeclined={() => setDeclined(true)} />}
    </QueryPart>
  );
}

interface AnswersProps {
  readonly invitation: ReceivedInvitation;
  readonly onDeclined: () => void;
}

function Answers({ invitation, onDeclined }: AnswersProps): ReactElement {
  const { id, organizationId, organizationName, inviterEmail, role, expiresAt } = invitation;
  const { busy, failure, run } = useAction();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();
  const [, navigate] = useLocation();

  const accept = (): void => {
    void run(async () => {
      await signedIn('to accept it', () => act('/organization/accept-invitation', { invitationId: id }));
      navigate(`/settings/workspaces/${organizationId}`, { replace: true });
      client.removeQueries({ queryKey: invitationQuery(id).queryKey });
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      toast({ text: `You are in “${organizationName}”, and work in it now.` });
    });
  };
  const decline = (): void => {
    void run(async () => {
      await signedIn('to decline it', () => act('/organization/reject-invitation', { invitationId: id }));
      onDeclined();
    });
  };
  return (
    <div className="sheet pad">
      <p>
        {inviterEmail} invites you to the workspace “{organizationName}”, as {roleWithArticle(role)}.
      </p>
      <p className="small soft">
        Its members see your handle, and its owners and admins your address too. Your plans stay yours. It can
        be accepted until {formatDay(expiresAt)}.
      </p>
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="button" className="primary" aria-disabled={busy} onClick={accept}>
          Accept
        </button>
        <button type="button" className="plain" aria-disabled={busy} onClick={decline}>
          Decline
        </button>
      </div>
    </div>
  );
}
