import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useRef, useState } from 'react';
import type { Failure } from '../../shared/contract/failure.ts';
import { useServerConfig } from '../config/server-config.ts';
import { useAction } from '../http/use-action.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './account.module.css';
import { leaveForGithub, signIn, signUp } from './account-api.ts';
import { checkEntry, type Entry } from './check-entry.ts';

interface SignInFormProps {
  readonly entry: Entry;
  readonly onEntry: (entry: Entry) => void;
  /** Where GitHub comes back to. */
  readonly returnTo: string;
  readonly onSignedIn: () => void;
}

/** E-mail and password, or GitHub where the server has it. The password is in the form's field and in one request. */
export function SignInForm({ entry, onEntry, returnTo, onSignedIn }: SignInFormProps): ReactElement {
  const client = useQueryClient();
  const { data } = useServerConfig();
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<Failure>();
  const form = useRef<HTMLFormElement>(null);
  const isNew = entry === 'sign-up';
  const told = problem ?? failure;
  const problemOf = (field: string): string | undefined => (told?.field === field ? told.message : undefined);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const checked = checkEntry(entry, new FormData(event.currentTarget));
    setProblem(checked.kind === 'problem' ? checked.failure : undefined);
    if (checked.kind === 'problem') return focusField(form.current, checked.failure.field);
    const done = await run(() =>
      checked.kind === 'sign-up' ? signUp(client, checked.body) : signIn(client, checked.body),
    );
    if (done) return onSignedIn();
    // Once the failure is on the page.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };

  return (
    <div className={styles['sign-in']}>
      <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete={isNew ? 'email' : 'username'}
          problem={problemOf('email')}
          autoFocus
        />
        {isNew && (
          <TextField
            label="Handle"
            name="handle"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            hint="Your name in addresses: 2 to 39 lower-case letters, digits and hyphens."
            problem={problemOf('handle')}
          />
        )}
        <TextField
          key={entry}
          label="Password"
          name="password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          hint={isNew ? 'At least 10 characters.' : undefined}
          problem={problemOf('password')}
        />
        {told && !['email', 'handle', 'password'].includes(told.field ?? '') && (
          <FailureNote failure={told} />
        )}
        <button type="submit" className="primary" aria-disabled={busy}>
          {labelOf(isNew, busy)}
        </button>
      </form>
      {data?.config.accounts?.github && (
        <button
          type="button"
          className={`plain ${styles['github']}`}
          onClick={() => void run(() => leaveForGithub(returnTo))}
        >
          Continue with GitHub
        </button>
      )}
      <OtherEntry
        isNew={isNew}
        onOther={() => {
          setProblem(undefined);
          onEntry(isNew ? 'sign-in' : 'sign-up');
          focusField(form.current, 'email');
        }}
      />
      <p className="small soft">An account keeps plans. It never keeps a provider key.</p>
    </div>
  );
}

interface OtherEntryProps {
  readonly isNew: boolean;
  readonly onOther: () => void;
}

function OtherEntry({ isNew, onOther }: OtherEntryProps): ReactElement {
  return (
    <>
      <p className="small soft">
        {isNew ? 'You have an account? ' : 'New here? '}
        <button type="button" className="link" onClick={onOther}>
          {isNew ? 'Sign in' : 'Create an account'}
        </button>
      </p>
      {!isNew && (
        <p className="small soft">Forgot your password? Whoever runs this server can give you a new one.</p>
      )}
    </>
  );
}

function labelOf(isNew: boolean, busy: boolean): string {
  if (isNew) return busy ? 'Creating the account…' : 'Create account';
  return busy ? 'Signing in…' : 'Sign in';
}

function focusField(form: HTMLFormElement | null, field: string | undefined): void {
  form?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
}
