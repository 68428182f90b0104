import type { ReactElement } from 'react';
import type { DraftFile } from '../../../shared/contract/plan.ts';
import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';
import styles from '../publish.module.css';

interface FileFieldsProps {
  readonly files: readonly DraftFile[];
  /** `field` names what is typed in, so that one undo takes it back. */
  readonly onEdit: (changes: Partial<SkillDraft>, field: string) => void;
}

/** The files beside a SKILL.md, each as text; what is taken out is not published. */
export function FileFields({ files, onEdit }: FileFieldsProps): ReactElement | null {
  if (files.length === 0) return null;
  return (
    <section aria-label="Files beside the SKILL.md">
      <h3 className="label">Files beside the SKILL.md</h3>
      {files.map(({ path, content }, at) => (
        <details key={path} className={styles['file']}>
          <summary className="mono">{path}</summary>
          <textarea
            className="mono"
            aria-label={path}
            value={content}
            spellCheck={false}
            rows={16}
            onChange={({ target }) =>
              onEdit({ files: files.with(at, { path, content: target.value }) }, `file ${path}`)
            }
          />
          <button
            type="button"
            className="plain"
            onClick={() => onEdit({ files: files.toSpliced(at, 1) }, `no ${path}`)}
          >
            Take {path} out
          </button>
        </details>
      ))}
    </section>
  );
}
