import { type ReactElement, useId } from 'react';
import { manifest } from '../../../shared/contract/plan.ts';
import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';
import { plural } from '../../ui/format.ts';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../publish.module.css';

interface FrontMatterFormProps {
  readonly draft: SkillDraft;
  /** Why the registry does not take the name. */
  readonly refusal: string | undefined;
  readonly onEdit: (changes: Partial<SkillDraft>, field: string) => void;
}

const MAX_DESCRIPTION_CHARS = 1024;

/** The front matter of a SKILL.md, without its YAML: that is written from these fields. */
export function FrontMatterForm({ draft, refusal, onEdit }: FrontMatterFormProps): ReactElement {
  const id = useId();
  const isName = manifest.shape.name.safeParse(draft.name.trim()).success;
  const { length } = draft.description.trim();
  const isLong = length > MAX_DESCRIPTION_CHARS;
  return (
    <div className={styles['fields']}>
      <TextField
        label="Name"
        className="mono"
        value={draft.name}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        problem={isName ? refusal : 'Up to 64 lower-case letters, digits and single hyphens inside.'}
        onChange={({ target }) => onEdit({ name: target.value }, 'name')}
      />
      <TextField
        label="Licence"
        value={draft.license}
        maxLength={100}
        autoComplete="off"
        list="publish-licences"
        onChange={({ target }) => onEdit({ license: target.value }, 'license')}
      />
      <div className={`field ${styles['wide']}`}>
        <label className="label" htmlFor={id}>
          Description: what it does, and when a client should use it
        </label>
        <textarea
          id={id}
          value={draft.description}
          rows={3}
          maxLength={4000}
          aria-invalid={length === 0 || isLong}
          aria-describedby={`${id}-note`}
          onChange={({ target }) => onEdit({ description: target.value }, 'description')}
        />
        <p id={`${id}-note`} className={`small num ${length === 0 || isLong ? 'bad' : 'soft'}`}>
          {length === 0 ? 'Without it no client loads the skill.' : `${plural(length, 'character')} of 1024`}
        </p>
      </div>
      <TextField
        label="Allowed tools"
        className="mono"
        value={draft.allowedTools}
        maxLength={2000}
        autoComplete="off"
        spellCheck={false}
        placeholder="Read Bash(git log:*)"
        onChange={({ target }) => onEdit({ allowedTools: target.value }, 'allowedTools')}
      />
      <TextField
        label="Compatibility"
        value={draft.compatibility}
        maxLength={500}
        autoComplete="off"
        placeholder="Only for real needs, as “git 2.40 or later”"
        onChange={({ target }) => onEdit({ compatibility: target.value }, 'compatibility')}
      />
    </div>
  );
}
