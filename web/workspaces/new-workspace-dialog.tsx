import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { useLocation } from 'wouter';
import * as z from 'zod/mini';
import { handle } from '../../shared/contract/account.ts';
import { MAX_WORKSPACE_NAME_CHARS } from '../../shared/contract/workspaces.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useToast } from '../ui/toast.tsx';
import { actForId } from './workspaces-api.ts';

interface Problem {
  readonly field: 'name' | 'slug';
  readonly message: string;
}

export function NewWorkspaceDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const toast = useToast();
  const [, navigate] = useLocation();
  const [problem, setProblem] = useState<Problem>();
  const isTaken = failure?.field === 'handle' || failure?.field === 'slug';

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const [name, slug] = ['name', 'slug'].map((field) => String(given.get(field) ?? '').trim());
    const found = problemIn(name ?? '', slug ?? '');
    setProblem(found);
    if (found) {
      form.querySelector<HTMLElement>(`[name="${found.field}"]`)?.focus();
      return;
    }
    void run(async () => {
      const wish = { name: name ?? '', slug: slug ?? '' };
      const id = await signedIn('to make a workspace', () => actForId('/organization/create', wish));
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      toast({ text: `“${name}” is made, and you work in it now.` });
      navigate(`/settings/workspaces/${id}`);
    }).then((done) => {
      if (!done)
        requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    });
  };
  return (
    <Dialog title="New workspace" onClose={onClose}>
      <form className="dialog-form" method="post" noValidate onSubmit={submit}>
        <TextField
          label="Name"
          name="name"
          maxLength={MAX_WORKSPACE_NAME_CHARS}
          autoComplete="off"
          placeholder="Platform team"
          problem={problem?.field === 'name' ? problem.message : undefined}
          autoFocus
        />
        <TextField
          label="Name in addresses"
          name="slug"
          className="mono"
          maxLength={39}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder="platform-team"
          hint="Lower-case letters, digits and hyphens. It cannot be changed."
          problem={problem?.field === 'slug' ? problem.message : isTaken ? failure.message : undefined}
        />
        {failure && !isTaken && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="primary" aria-disabled={busy}>
            {busy ? 'Making it…' : 'Make workspace'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function problemIn(name: string, slug: string): Problem | undefined {
  if (name === '') return { field: 'name', message: 'Give it a name.' };
  const checked = z.safeParse(handle, slug);
  if (checked.success) return undefined;
  const message = checked.error.issues[0]?.message ?? '';
  return { field: 'slug', message: message.replace('A handle', 'It').replace('This handle', 'This name') };
}
