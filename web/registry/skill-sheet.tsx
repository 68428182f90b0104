import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import type { PublishedSkillInfo } from '../../shared/contract/registry.ts';
import { failureOf } from '../http/call.ts';
import { Markdown } from '../markdown/markdown.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import styles from './registry.module.css';
import { skillQuery } from './registry-api.ts';

const VERDICTS = {
  pass: ['ok', 'passed'],
  review: ['warn', 'reviewed by its author'],
  block: ['bad', 'blocked'],
} as const;

/** One published skill: what analysis says of it, and its files, which are read when somebody opens them. */
export function SkillSheet({ skill }: { readonly skill: PublishedSkillInfo }): ReactElement {
  const [open, setOpen] = useState(false);
  const [tone, words] = VERDICTS[skill.verdict];
  return (
    <section className="sheet pad">
      <div className="row titled">
        <h2 className="skill-name">{skill.name}</h2>
        <span className="small soft num">{skill.version}</span>
        <span className={`tag ${tone}`}>{words}</span>
      </div>
      <p dir="auto">{skill.description}</p>
      {skill.acknowledgement && (
        <p className="small" dir="auto">
          <span className="soft">Its author says: </span>
          {skill.acknowledgement}
        </p>
      )}
      {skill.findings.length > 0 && (
        <details className="small">
          <summary>{plural(skill.findings.length, 'finding')}</summary>
          <ul className="lines">
            {skill.findings.map((one) => (
              <li key={`${one.file}:${one.line}:${one.rule}:${one.message}`}>
                <span>
                  {one.message}{' '}
                  <span className="mono soft">
                    {place(one.file, one.line)} {one.rule}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <details className="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{plural(skill.files.length, 'file')}</summary>
        {open && <Files skill={skill} />}
      </details>
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
        <button type="button" className="plain" onClick={() => void refetch()}>
          Try again
        </button>
      </FailureNote>
    );
  if (!data) return <p className="soft">Loading…</p>;
  return (
    <>
      {data.texts.map(({ path, content }) => (
        <div key={path} className="pad">
          <h3 className="mono small">{path}</h3>
          {path === 'SKILL.md' ? (
            <Markdown text={bodyOf(content)} />
          ) : (
            <pre className={styles['source']}>{content}</pre>
          )}
        </div>
      ))}
    </>
  );
}

/** Below the front matter, whose name and description stand above it already. */
function bodyOf(text: string): string {
  return text.replace(/^---\r?\n[\s\S]*?\r?\n---\r?\n/, '');
}

function place(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`;
}
