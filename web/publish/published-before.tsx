import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { PublishState } from '../../shared/contract/publish-draft.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';

interface PublishedBeforeProps {
  readonly plan: SavedPlan;
  readonly published: PublishState['published'];
  readonly onAnew: () => void;
}

export function PublishedBefore({ plan, published, onAnew }: PublishedBeforeProps): ReactElement {
  return (
    <section className="page">
      <p className="small">
        <Link href={`/me/plans/${plan.id}`}>{plan.title}</Link>
      </p>
      <h1>This plan is published</h1>
      <ul className="lines">
        {published.map(({ publisher, name, version, publishedAt }) => (
          <li key={`${name} ${version}`}>
            <span>
              <Link className="skill-name" href={`/b/${publisher}/${name}?version=${version}`}>
                {name}
              </Link>{' '}
              <span className="num">{version}</span>
            </span>
            <time className="small soft num" dateTime={publishedAt}>
              {new Date(publishedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
            </time>
          </li>
        ))}
      </ul>
      <p>What is published stays as it was signed. What has changed since becomes a new version.</p>
      <div className="row actions">
        <button type="button" className="plain strong" onClick={onAnew}>
          Publish a new version
        </button>
      </div>
    </section>
  );
}
