import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link } from 'wouter';
import type { PublishedSkillInfo } from '../../shared/contract/registry.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import { TryAgain } from '../ui/try-again.tsx';
import { StandingNote } from './curation/standing-note.tsx';
import { AuthorsWords, FindingList, VerdictTag } from './finding-list.tsx';
import styles from './registry.module.css';
import { skillQuery } from './registry-api.ts';
import { SkillFiles } from './skill-files.tsx';

interface SkillSheetProps {
  readonly skill: PublishedSkillInfo;
  /** Whose bundle it is in. */
  readonly bundleOf: string;
}

/** One skill of a bundle: what analysis says of it, and its files, which are read when somebody opens them. */
export function SkillSheet({ skill, bundleOf }: SkillSheetProps): ReactElement {
  const [open, setOpen] = useState(false);
  const { publisher, name, version } = skill;
  return (
    <section className="sheet pad">
      <div className="row titled">
        <h2 className="skill-name">
          <Link href={`/s/${publisher}/${name}?version=${version}`}>{name}</Link>
        </h2>
        <span className="small soft num">{version}</span>
        <VerdictTag verdict={skill.verdict} />
      </div>
      {skill.standing?.removal && <StandingNote standing={skill.standing} what="skill" />}
      <p dir="auto">{skill.description}</p>
      {publisher !== bundleOf && (
        <p className="small soft">Reused: it is {publisher}’s, and signed by them.</p>
      )}
      <AuthorsWords acknowledgement={skill.acknowledgement} />
      <FindingList findings={skill.findings} />
      {skill.files.length > 0 && (
        <details className="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{plural(skill.files.length, 'file')}</summary>
          {open && <Files skill={skill} />}
        </details>
      )}
      <p className={`small soft mono ${styles['digest']}`}>{skill.contentDigest}</p>
    </section>
  );
}

function Files({ skill }: { readonly skill: PublishedSkillInfo }): ReactElement {
  const { publisher: owner, name, version } = skill;
  const { data, error, refetch } = useQuery(skillQuery({ owner, name, version }));
  if (error)
    return (
      <FailureNote failure={failureOf(error)}>
        <TryAgain again={refetch} />
      </FailureNote>
    );
  return data ? <SkillFiles texts={data.texts} /> : <p className="soft">Loading…</p>;
}
