import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useEffect, useState } from 'react';
import { MIN_PASSWORD_CHARS } from '../../shared/contract/account.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useToast } from '../ui/toast.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';
import { changePassword, sessionsQuery } from './settings-api.ts';

export function PasswordSection(): ReactElement {
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<{ readonly field: string; readonly message: string }>();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string): string => String(data.get(name) ?? '');
    const wrong = checkPasswords(text('current'), text('new'));
    setProblem(wrong);
    if (wrong) return form.querySelector<HTMLElement>(`[name="${wrong.field}"]`)?.focus();
    const others = data.get('others') !== null;
    const done = await run(() =>
      signedIn('to change your password', () => changePassword(text('current'), text('new'), others)),
    );
    if (!done) return;
    form.reset();
    toast({ text: others ? 'Password changed. Every other session has ended.' : 'Password changed.' });
    await client.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  };
  // The server names its field as the request does.
  const wrongCurrent =
    failure?.field === 'password' || failure?.field === 'currentPassword' ? failure.message : undefined;
  useEffect(() => {
    if (wrongCurrent !== undefined) document.getElementsByName('current')[0]?.focus();
  }, [wrongCurrent]);
  const problemOf = (field: string): string | undefined =>
    problem?.field === field ? problem.message : undefined;

  return (
    <Section title="Password">
      <form
        className={styles['password-form']}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
      >
        <TextField
          label="Current password"
          name="current"
          type="password"
          autoComplete="current-password"
          problem={problemOf('current') ?? wrongCurrent}
        />
        <TextField
          label="New password"
          name="new"
          type="password"
          autoComplete="new-password"
          hint={`At least ${MIN_PASSWORD_CHARS} characters.`}
          problem={problemOf('new')}
        />
        <label className="check">
          <input type="checkbox" name="others" defaultChecked />
          <span>End every other session</span>
        </label>
        {failure && wrongCurrent === undefined && <FailureNote failure={failure} />}
        <button type="submit" className={`plain strong ${styles['start']}`} aria-disabled={busy}>
          {busy ? 'Changing…' : 'Change password'}
        </button>
      </form>
    </Section>
  );
}

function checkPasswords(
  current: string,
  next: string,
): { readonly field: string; readonly message: string } | undefined {
  if (current === '') return { field: 'current', message: 'Type your current password.' };
  if (next.length < MIN_PASSWORD_CHARS)
    return { field: 'new', message: `A password has at least ${MIN_PASSWORD_CHARS} characters.` };
  return next === current ? { field: 'new', message: 'This is the current password.' } : undefined;
}
