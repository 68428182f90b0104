import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useEffect, useMemo } from 'react';
import { Link, useParams, useSearchParams } from 'wouter';
import type { BundleInfo } from '../../shared/contract/registry.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { bytesOf } from '../../shared/registry/content-digest.ts';
import { BUNDLE_SIGNATURE_FILE } from '../../shared/signing/model-signature.ts';
import { formatDay } from '../ui/dates.ts';
import { Absent } from './absent.tsx';
import { BundleChanges } from './bundle-changes.tsx';
import { CriticSection } from './critic-word.tsx';
import { Manage } from './curation/manage.tsx';
import { StandingNote } from './curation/standing-note.tsx';
import { InstallCommands } from './install-commands.tsx';
import { Provenance } from './provenance.tsx';
import styles from './registry.module.css';
import { bundleQuery } from './registry-api.ts';
import { SignatureNote } from './signature-note.tsx';
import { SkillSheet } from './skill-sheet.tsx';
import { unsignedParts } from './unsigned-parts.ts';
import { useSignatureCheck } from './use-signature-check.ts';
import { VersionNav } from './version-nav.tsx';

/** One bundle as anyone sees it. */
export function BundlePage(): ReactElement {
  const { owner = '', bundle: name = '' } = useParams<{ owner: string; bundle: string }>();
  const [params] = useSearchParams();
  const version = params.get('version') ?? undefined;
  const { data, error, isPending, refetch } = useQuery(bundleQuery({ owner, name, version }));
  if (data) return <Bundle bundle={data} />;
  if (isPending) return <p className="page soft">Loading…</p>;
  return <Absent what="bundle" error={error} onAgain={refetch} />;
}

function Bundle({ bundle }: { readonly bundle: BundleInfo }): ReactElement {
  const { publisher, name, visibility } = bundle;
  useEffect(() => {
    document.title = `${name} · Oneturn`;
  }, [name]);
  return (
    <article className={`page ${styles['registry']}`}>
      <p className="small">
        <Link href="/registry">Registry</Link>
      </p>
      <Head bundle={bundle} />
      {bundle.mayChange && <Manage bundle={bundle} />}
      {visibility === 'private' ? (
        <p className="soft">Only your workspace sees it. Clients without an account cannot install it.</p>
      ) : (
        <InstallCommands
          path={`/b/${publisher}/${name}`}
          what="bundle"
          {...{ name, publisher, isPublic: visibility === 'public' }}
        />
      )}
      {bundle.skills.map((skill) => (
        <SkillSheet key={`${skill.publisher}/${skill.name}`} skill={skill} bundleOf={publisher} />
      ))}
      <Provenance bundle={bundle} />
      {bundle.critic && <CriticSection critic={bundle.critic} />}
      <Signature bundle={bundle} />
      <BundleChanges bundle={bundle} />
    </article>
  );
}

function Head({ bundle }: { readonly bundle: BundleInfo }): ReactElement {
  const { publisher, name, version, publishedAt } = bundle;
  return (
    <header className="sheet pad">
      <div className="row titled">
        <h1>{name}</h1>
        <span className="soft num">{version}</span>
        {bundle.visibility !== 'public' && <span className="tag">{bundle.visibility}</span>}
      </div>
      <StandingNote standing={bundle.standing} what="bundle" />
      <p dir="auto">{bundle.summary ?? bundle.description}</p>
      {bundle.summary !== undefined && (
        <p className="small soft" dir="auto">
          Signed as: {bundle.description}
        </p>
      )}
      <p className="row small soft num">
        <span>by {publisher}</span>
        <span>{bundle.licence}</span>
        {bundle.categories.length > 0 && <span>{bundle.categories.join(', ')}</span>}
        {publishedAt && <time dateTime={publishedAt}>{formatDay(publishedAt)}</time>}
        <a href={`${ROUTES.bundleArchive(publisher, name)}?version=${version}`}>Download ZIP</a>
      </p>
      <VersionNav path={`/b/${publisher}/${name}`} versions={bundle.versions} shown={version} />
    </header>
  );
}

/** The signature covers `bundle.json`, which pins each skill by its digest: both are compared with what the page shows. */
function Signature({ bundle }: { readonly bundle: BundleInfo }): ReactElement {
  const { publisher, manifest, signature } = bundle;
  const signed = useMemo(
    () => ({
      signatureFile: BUNDLE_SIGNATURE_FILE,
      signature: signature ?? undefined,
      name: bundle.name,
      files: [{ path: 'bundle.json', bytes: bytesOf({ path: 'bundle.json', content: manifest ?? '' }) }],
    }),
    [bundle.name, manifest, signature],
  );
  const state = useSignatureCheck(signed, publisher, bundle.publishedAt ?? '');
  const faults = unsignedParts(bundle).map((part) => `changed: ${part}`);
  const judged =
    state.kind === 'checked'
      ? { ...state, check: { ...state.check, faults: [...state.check.faults, ...faults] } }
      : state;
  return (
    <SignatureNote
      state={judged}
      publisher={publisher}
      subject="bundle.json, and the digests of the skills that it pins, are"
    />
  );
}
