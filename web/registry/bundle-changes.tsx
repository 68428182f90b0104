import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { BundleInfo, PublishedSkillInfo } from '../../shared/contract/registry.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import { CompareSelect, useCompared } from './compare-select.tsx';
import { bundleQuery } from './registry-api.ts';

/** What became of a bundle from one version to another: which skills came, went or changed. */
export function BundleChanges({ bundle }: { readonly bundle: BundleInfo }): ReactElement | null {
  const { version, versions } = bundle;
  const compared = useCompared({ versions, shown: version });
  if (versions.every((one) => one === version)) return null;
  return (
    <section className="sheet pad" aria-labelledby="changes-title">
      <h2 id="changes-title">Changes</h2>
      <CompareSelect versions={versions} shown={version} />
      {compared !== undefined && <Changes bundle={bundle} compared={compared} />}
    </section>
  );
}

interface ChangesProps {
  readonly bundle: BundleInfo;
  readonly compared: string;
}

function Changes({ bundle, compared }: ChangesProps): ReactElement {
  const { publisher: owner, name } = bundle;
  const { data, error, refetch } = useQuery(bundleQuery({ owner, name, version: compared }));
  if (error)
    return (
      <FailureNote failure={failureOf(error)}>
        <TryAgain again={refetch} />
      </FailureNote>
    );
  if (!data) return <p className="soft">Loading…</p>;
  const rows = [
    ...bundle.skills.map((skill) => <Change key={keyOf(skill)} now={skill} before={twin(data, skill)} />),
    ...data.skills
      .filter((skill) => !twin(bundle, skill))
      .map((skill) => (
        <li key={keyOf(skill)}>
          <span className="skill-name">{skill.name}</span> is gone.
        </li>
      )),
  ];
  return <ul className="lines">{rows}</ul>;
}

function Change({
  now,
  before,
}: {
  readonly now: PublishedSkillInfo;
  readonly before: PublishedSkillInfo | undefined;
}): ReactElement {
  const name = <span className="skill-name">{now.name}</span>;
  if (!before) return <li>{name} is new.</li>;
  if (before.contentDigest === now.contentDigest) return <li>{name} is the same.</li>;
  return (
    <li>
      {name}{' '}
      <Link href={`/s/${now.publisher}/${now.name}?version=${now.version}&compare=${before.version}`}>
        changed from {before.version} to {now.version}
      </Link>
    </li>
  );
}

function twin({ skills }: BundleInfo, { publisher, name }: PublishedSkillInfo) {
  return skills.find((one) => one.publisher === publisher && one.name === name);
}

function keyOf({ publisher, name }: PublishedSkillInfo): string {
  return `${publisher}/${name}`;
}
