import { type ReactElement, type SubmitEvent, useState } from 'react';
import { MAX_WORKSPACE_NAME_CHARS, type Workspace } from '../../shared/contract/workspaces.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { Section } from '../settings/section.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './workspaces.module.css';
import { renameWorkspace, workspacesQuery } from './workspaces-api.ts';

export function NameSection({ workspace }: { readonly workspace: Workspace }): ReactElement {
  const { id, name, slug } = workspace;
  const { busy, failure, run } = useAccountAct('to change the workspace', workspacesQuery.queryKey);
  const [problem, setProblem] = useState<string>();

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const next = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    setProblem(next === '' ? 'Give it a name.' : undefined);
    if (next === '') event.currentTarget.querySelector<HTMLElement>('[name="name"]')?.focus();
    else if (next !== name)
      void run(
        () => renameWorkspace(id, next),
        () => `It is called “${next}” now.`,
      );
  };
  return (
    <Section title="Name" what={`In addresses it stays ${slug}.`}>
      <form className={styles['short-form']} method="post" noValidate onSubmit={submit}>
        <TextField
          // what somebody else called it meanwhile
          key={name}
          label="Name"
          name="name"
          maxLength={MAX_WORKSPACE_NAME_CHARS}
          autoComplete="off"
          defaultValue={name}
          problem={problem}
        />
        {failure && <FailureNote failure={failure} />}
        <button type="submit" className={`plain strong ${styles['start']}`} aria-disabled={busy}>
          {busy ? 'Renaming…' : 'Rename'}
        </button>
      </form>
    </Section>
  );
}
