import { type ReactElement, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { BundleInfo } from '../../shared/contract/registry.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { InstallCommands } from '../registry/install-commands.tsx';
import { plural } from '../ui/format.ts';

interface PublishedViewProps {
  readonly bundle: BundleInfo;
  readonly plan: SavedPlan;
}

/** What was made, and how others get it. */
export function PublishedView({ bundle, plan }: PublishedViewProps): ReactElement {
  const { publisher, name, version, visibility, skills, signingKey } = bundle;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <header className="sheet pad">
        <h1 ref={title} tabIndex={-1}>
          <span className="skill-name">{name}</span> {version} is published
        </h1>
        <p className="row small soft num">
          <span>{plural(skills.length, 'skill')}</span>
          <span>{visibility}</span>
          {signingKey && (
            <span>
              signed with <code className="mono">{signingKey.slice(0, 16)}</code>
            </span>
          )}
        </p>
        <div className="row actions">
          <Link className="plain strong" href={`/b/${publisher}/${name}`}>
            Open the bundle
          </Link>
          <Link className="plain" href={`/me/plans/${plan.id}`}>
            Back to the plan
          </Link>
        </div>
      </header>
      {visibility === 'private' ? (
        <p className="soft">Only your workspace sees it. Clients without an account cannot install it.</p>
      ) : (
        <InstallCommands
          path={`/b/${publisher}/${name}`}
          what="bundle"
          {...{ name, publisher, isPublic: visibility === 'public' }}
        />
      )}
    </>
  );
}
