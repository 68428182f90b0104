import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'wouter';
import type { SkillPage as Page } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { bytesOf } from '../../shared/registry/content-digest.ts';
import { SIGNATURE_FILE } from '../../shared/signing/model-signature.ts';
import { formatDay } from '../ui/dates.ts';
import { plural } from '../ui/format.ts';
import { Absent } from './absent.tsx';
import { Report } from './curation/report.tsx';
import { StandingNote } from './curation/standing-note.tsx';
import { AuthorsWords, FindingList, VerdictTag } from './finding-list.tsx';
import { HowTried } from './how-tried.tsx';
import { InstallCommands } from './install-commands.tsx';
import styles from './registry.module.css';
import { skillQuery } from './registry-api.ts';
import { SignatureNote } from './signature-note.tsx';
import { SkillChanges } from './skill-changes.tsx';
import { SkillFiles } from './skill-files.tsx';
import { useSignatureCheck } from './use-signature-check.ts';
import { VersionNav } from './version-nav.tsx';

/** One skill as anyone sees it, in its latest version or the one that the address names. */
export function SkillPage(): ReactElement {
  const { owner = '', skill: name = '' } = useParams<{ owner: string; skill: string }>();
  const [params] = useSearchParams();
  const version = params.get('version') ?? undefined;
  const { data, error, isPending, refetch } = useQuery(skillQuery({ owner, name, version }));
  if (data) return <Skill page={data} />;
  if (isPending) return <p className="page soft">Loading…</p>;
  return <Absent what="skill" error={error} onAgain={refetch} />;
}

function Skill({ page }: { readonly page: Page }): ReactElement {
  const { skill, visibility, texts } = page;
  const { publisher, name } = skill;
  useEffect(() => {
    document.title = `${name} · Oneturn`;
  }, [name]);
  return (
    <article className={`page ${styles['registry']}`}>
      <p className="small">
        <Link href="/registry">Registry</Link>
      </p>
      <Head page={page} />
      {visibility === 'private' ? (
        <p className="soft">Only its workspace sees it. Clients without an account cannot install it.</p>
      ) : (
        <InstallCommands
          path={`/s/${publisher}/${name}`}
          what="skill"
          {...{ name, publisher, isPublic: visibility === 'public' }}
        />
      )}
      <section className="sheet pad" aria-labelledby="files-title">
        <h2 id="files-title">{plural(texts.length, 'file')}</h2>
        <SkillFiles texts={texts} />
      </section>
      <Analysis page={page} />
      <HowTried page={page} />
      <Signature page={page} />
      <SkillChanges page={page} />
      <UsedBy page={page} />
      <Report skill={skill} />
    </article>
  );
}

function Head({ page }: { readonly page: Page }): ReactElement {
  const { skill, bundle, visibility, downloads } = page;
  const { publisher, name, archiveDigest } = skill;
  const archive = visibility !== 'private' && archiveDigest?.slice('sha256:'.length);
  return (
    <header className="sheet pad">
      <div className="row titled">
        <h1>{name}</h1>
        <span className="soft num">{skill.version}</span>
        {visibility !== 'public' && <span className="tag">{visibility}</span>}
        <VerdictTag verdict={skill.verdict} />
      </div>
      <StandingNote standing={skill.standing} what="skill" />
      <p dir="auto">{skill.description}</p>
      <p className="row small soft num">
        <span>by {publisher}</span>
        {skill.licence && <span>{skill.licence}</span>}
        <time dateTime={page.publishedAt}>{formatDay(page.publishedAt)}</time>
        <span>{plural(downloads, 'download')}</span>
        {archive && <a href={ROUTES.archive(`${archive}.zip`)}>Download ZIP</a>}
      </p>
      {bundle && (
        <p className="small">
          In the bundle{' '}
          <Link href={`/b/${bundle.publisher}/${bundle.name}?version=${bundle.version}`}>
            {bundle.name} {bundle.version}
          </Link>
          , where its author says how it was made.
        </p>
      )}
      <VersionNav path={`/s/${publisher}/${name}`} versions={page.versions} shown={skill.version} />
    </header>
  );
}

function Analysis({ page: { skill } }: { readonly page: Page }): ReactElement {
  return (
    <section className="sheet pad" aria-labelledby="analysis-title">
      <div className="row titled">
        <h2 id="analysis-title">Analysis</h2>
        <VerdictTag verdict={skill.verdict} />
      </div>
      {skill.findings.length === 0 && <p>The registry’s rules found nothing in it.</p>}
      <AuthorsWords acknowledgement={skill.acknowledgement} />
      <FindingList findings={skill.findings} />
    </section>
  );
}

function Signature({ page }: { readonly page: Page }): ReactElement {
  const signed = useMemo(
    () => ({
      signatureFile: SIGNATURE_FILE,
      signature: page.signature,
      name: page.skill.name,
      files: page.texts.map((file) => ({ path: file.path, bytes: bytesOf(file) })),
    }),
    [page],
  );
  const { publisher } = page.skill;
  const state = useSignatureCheck(signed, publisher, page.publishedAt);
  return <SignatureNote state={state} publisher={publisher} subject="These files are" />;
}

function UsedBy({ page: { usedBy } }: { readonly page: Page }): ReactElement {
  return (
    <section className="sheet pad" aria-labelledby="used-title">
      <h2 id="used-title">Reused by</h2>
      {usedBy.length === 0 ? (
        <p className="soft">No other public bundle yet.</p>
      ) : (
        <ul className="lines">
          {usedBy.map(({ publisher, name, version, skillVersion }) => (
            <li key={`${publisher}/${name}`}>
              <Link href={`/b/${publisher}/${name}`}>
                {publisher}/{name} {version}
              </Link>
              <span className="small soft num">uses {skillVersion}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
