import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link } from 'wouter';
import { Mine } from '../account/mine.tsx';
import { QueryPart } from '../settings/query-part.tsx';
import { Section } from '../settings/section.tsx';
import { NewWorkspaceDialog } from './new-workspace-dialog.tsx';
import { WorkspaceLine } from './workspace-line.tsx';
import styles from './workspaces.module.css';
import { workspacesQuery } from './workspaces-api.ts';

/** The page `/settings/workspaces`: those that one is in, and which one counts now. */
export function WorkspacesPage(): ReactElement {
  return (
    <Mine title="Workspaces" what="Workspaces that you share with others. Sign in to see yours.">
      <Workspaces />
    </Mine>
  );
}

function Workspaces(): ReactElement {
  const query = useQuery(workspacesQuery);
  const [making, setMaking] = useState(false);
  return (
    <div className={`page ${styles['workspaces']}`}>
      <p className="small">
        <Link href="/settings">Settings</Link>
      </p>
      <h1>Workspaces</h1>
      <Section
        title="Yours"
        what="What you run and publish belongs to the workspace that you work in: its members read what is private to it, its owners and admins see its whole audit log. Plans and drafts stay their author’s alone."
      >
        <QueryPart query={query}>
          {(workspaces) => (
            <>
              <ul className="lines">
                {workspaces.map((workspace) => (
                  <WorkspaceLine key={workspace.id} workspace={workspace} />
                ))}
              </ul>
              {workspaces.length === 1 && (
                <p className="small soft">
                  This one is your own. Make another to work with others, or open the link that somebody sent
                  you.
                </p>
              )}
              <button
                type="button"
                className={`plain strong ${styles['start']}`}
                onClick={() => setMaking(true)}
              >
                New workspace
              </button>
            </>
          )}
        </QueryPart>
      </Section>
      {making && <NewWorkspaceDialog onClose={() => setMaking(false)} />}
    </div>
  );
}
