import type { ReactElement } from 'react';
import type { SkillPage } from '../../shared/contract/registry.ts';
import { splitSkill } from '../../shared/skills/split-skill.ts';
import { Markdown } from '../markdown/markdown.tsx';
import styles from './registry.module.css';

/** The files of a skill, `SKILL.md` first: Markdown as it reads, everything else as its source. Nothing in them loads or runs. */
export function SkillFiles({ texts }: Pick<SkillPage, 'texts'>): ReactElement {
  const [first, ...others] = texts;
  return (
    <>
      {first && <File {...first} />}
      {others.map((file) => (
        <details key={file.path} className={styles['file']}>
          <summary className="mono small">{file.path}</summary>
          <FileText {...file} />
        </details>
      ))}
    </>
  );
}

type Text = SkillPage['texts'][number];

function File(file: Text): ReactElement {
  return (
    <div className={styles['text']}>
      <h3 className="mono small">{file.path}</h3>
      <FileText {...file} />
    </div>
  );
}

function FileText({ path, content }: Text): ReactElement {
  if (!path.endsWith('.md')) return <pre className={styles['source']}>{content}</pre>;
  return (
    <>
      {/* without the front matter, whose name and description stand above it already */}
      <Markdown text={path === 'SKILL.md' ? (splitSkill(content)?.body ?? content) : content} />
      <details className="small">
        <summary>Source</summary>
        <pre className={styles['source']}>{content}</pre>
      </details>
    </>
  );
}
