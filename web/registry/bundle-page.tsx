import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect } from 'react';
import { Link, useParams, useSearchParams } from 'wouter';
import type { BundleInfo } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { failureOf } from '../http/call.ts';
import { formatDay } from '../ui/dates.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { InstallCommands } from './install-commands.tsx';
import styles from './registry.module.css';
import { bundleQuery } from './registry-api.ts';
import { SkillSheet } from './skill-sheet.tsx';

/** One bundle as anyone sees it. */
export function BundlePage(): ReactElement {
  const { owner = '', bundle: name = '' } = useParams<{ owner: string; bundle: string }>();
  const [params] = useSearchParams();
  const version = params.get('version') ?? undefined;
  const { data, error, isPending, refetch } = useQuery(bundleQuery({ owner, name, version }));
  if (data) return <Bundle bundle={data} />;
  if (isPending) return <p className="page soft">Loading…</p>;

  const failure = failureOf(error);
  const isAbsent = failure.code === 'not_found';
  return (
    <section className="page">
      <h1>{isAbsent ? 'There is no such bundle' : 'This bundle could not be read'}</h1>
      <FailureNote failure={failure}>
        {!isAbsent && (
          <button type="button" className="plain" onClick={() => void refetch()}>
            Try again
          </button>
        )}
        <Link href="/registry">Go to the registry</Link>
      </FailureNote>
    </section>
  );
}

function Bundle({ bundle }: { readonly bundle: BundleInfo }): ReactElement {
  const { publisher, name, version, visibility, versions, signingKey } = bundle;
  useEffect(() => {
    document.title = `${name} · Oneturn`;
  }, [name]);
  return (
    <article className={`page ${styles['registry']}`}>
      <p className="small">
        <Link href="/registry">Registry</Link>
      </p>
      <header className="sheet pad">
        <div className="row titled">
          <h1>{name}</h1>
          {visibility !== 'public' && <span className="tag">{visibility}</span>}
        </div>
        <p dir="auto">{bundle.description}</p>
        <p className="row small soft num">
          <span>by {publisher}</span>
          <span>{bundle.licence}</span>
          {bundle.publishedAt && <time dateTime={bundle.publishedAt}>{formatDay(bundle.publishedAt)}</time>}
        </p>
        <nav className="row small num" aria-label="Versions">
          {versions.map((one) => (
            <Link
              key={one}
              href={`/b/${publisher}/${name}${one === versions[0] ? '' : `?version=${one}`}`}
              aria-current={one === version ? 'page' : undefined}
            >
              {one}
            </Link>
          ))}
        </nav>
        {signingKey && (
          <p className="small soft">
            Signed by {publisher} with the signing key <code className="mono">{signingKey.slice(0, 16)}</code>
            . The signature says who made it, not that it is safe.{' '}
            <a href={ROUTES.signerKeys(`${publisher}.pem`)}>Public keys</a>
          </p>
        )}
        {bundle.goal && (
          <details className="small">
            <summary>The goal it was made for</summary>
            <p dir="auto">{bundle.goal}</p>
          </details>
        )}
      </header>
      {visibility === 'private' ? (
        <p className="soft">Only your workspace sees it. Clients without an account cannot install it.</p>
      ) : (
        <InstallCommands owner={publisher} name={name} />
      )}
      {bundle.skills.map((skill) => (
        <SkillSheet key={`${skill.publisher}/${skill.name}`} skill={skill} />
      ))}
    </article>
  );
}
