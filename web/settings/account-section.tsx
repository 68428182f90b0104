import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { QueryPart } from './query-part.tsx';
import { Section } from './section.tsx';
import { meQuery } from './settings-api.ts';

export function AccountSection(): ReactElement {
  const query = useQuery(meQuery);
  return (
    <Section title="Account">
      <QueryPart query={query}>
        {({ handle, email, workspace }) => (
          <dl className="facts-row">
            <div>
              <dt>Handle</dt>
              <dd className="mono">{handle}</dd>
            </div>
            <div>
              <dt>E-mail</dt>
              <dd>{email}</dd>
            </div>
            <div>
              <dt>Workspace</dt>
              <dd>
                <Link href={`/settings/workspaces/${workspace.id}`}>{workspace.name}</Link>{' '}
                <span className="tag">{workspace.role}</span>
              </dd>
            </div>
          </dl>
        )}
      </QueryPart>
    </Section>
  );
}
