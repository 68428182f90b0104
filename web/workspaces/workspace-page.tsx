import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import type { Workspace } from '../../shared/contract/workspaces.ts';
import { Mine } from '../account/mine.tsx';
import { PolicySection } from '../key-policy/policy-section.tsx';
import { QueryPart } from '../settings/query-part.tsx';
import { Section } from '../settings/section.tsx';
import { DeleteSection } from './delete-section.tsx';
import { InvitationsSection } from './invitations-section.tsx';
import { LeaveSection } from './leave-section.tsx';
import { MemberLine } from './member-line.tsx';
import { NameSection } from './name-section.tsx';
import { PauseSection } from './pause-section.tsx';
import styles from './workspaces.module.css';
import { workspaceQuery } from './workspaces-api.ts';

/** The page of one workspace: who is in it and as what, who is invited, its name, and the way out. */
export function WorkspacePage(): ReactElement {
  const { id = '' } = useParams();
  return (
    <Mine title="Workspace" what="Its members see this page. Sign in to open it.">
      <div className={`page ${styles['workspaces']}`}>
        <p className="small">
          <Link href="/settings/workspaces">Workspaces</Link>
        </p>
        <Loaded key={id} id={id} />
      </div>
    </Mine>
  );
}

function Loaded({ id }: { readonly id: string }): ReactElement {
  const query = useQuery(workspaceQuery(id));
  return (
    <>
      {query.data === undefined && <h1>Workspace</h1>}
      <QueryPart query={query}>{(workspace) => <Parts workspace={workspace} />}</QueryPart>
    </>
  );
}

function Parts({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const { name, slug, role, people, personal, current, paused } = workspace;
  const manages = role === 'owner' || role === 'admin';
  return (
    <>
      <div className="row titled">
        <h1>{name}</h1>
        <span className="mono soft">{slug}</span>
        <span className="tag">{role}</span>
        {current && <span className="tag ok">you work here</span>}
        {paused && <span className="tag warn">paused</span>}
      </div>
      <Section
        title="Members"
        what="A viewer reads what is private to the workspace. A member also publishes in it and runs on its keys and budget. An admin also sees its whole audit log, invites, removes and renames. An owner does all of that, and makes owners."
      >
        <ul className="lines">
          {people.map((member) => (
            <MemberLine key={member.id} member={member} workspace={workspace} />
          ))}
        </ul>
      </Section>
      <PolicySection workspace={workspace.id} />
      {manages && <InvitationsSection workspace={workspace} />}
      {manages && <NameSection workspace={workspace} />}
      {role === 'owner' && <PauseSection workspace={workspace} />}
      {!personal && <LeaveSection workspace={workspace} />}
      {!personal && role === 'owner' && <DeleteSection workspace={workspace} />}
    </>
  );
}
