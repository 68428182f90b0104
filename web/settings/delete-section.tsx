import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { becomeNobody, useHandle } from '../account/me.ts';
import { useAction } from '../http/use-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useToast } from '../ui/toast.tsx';
import { Section } from './section.tsx';
import styles from './settings.module.css';
import { deleteAccount } from './settings-api.ts';

export function DeleteSection(): ReactElement {
  const [asking, setAsking] = useState(false);
  return (
    <Section
      title="Delete account"
      what="Takes your plans, hosted runs, sessions, API tokens, signing keys and everything that you published along, at once and for good. Export what you want to keep. Your handle stays taken."
    >
      <button type="button" className={`plain stop ${styles['start']}`} onClick={() => setAsking(true)}>
        Delete account
      </button>
      {asking && <DeleteDialog onClose={() => setAsking(false)} />}
    </Section>
  );
}

function DeleteDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const handle = useHandle();
  const client = useQueryClient();
  const toast = useToast();
  const [, navigate] = useLocation();
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<string>();

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const matches = String(data.get('handle') ?? '').trim() === handle;
    setProblem(matches ? undefined : `Type ${handle} to say that you mean it.`);
    if (!matches) return;
    if (!(await run(() => deleteAccount(String(data.get('password') ?? ''))))) return;
    becomeNobody(client);
    navigate('/compose', { replace: true });
    toast({ text: 'The account is deleted, and its plans and tokens with it.' });
  };
  const wrongPassword = failure?.field === 'password' ? failure.message : undefined;

  return (
    <Dialog title="Delete this account?" onClose={onClose}>
      <p>
        All plans, hosted runs, sessions, API tokens, signing keys and published bundles of {handle} go with
        it. This cannot be undone.
      </p>
      <form className="dialog-form" method="post" noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label="Your handle"
          name="handle"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          problem={problem}
          autoFocus
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          hint="Leave it empty if you sign in through GitHub."
          problem={wrongPassword}
        />
        {failure && wrongPassword === undefined && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="plain stop" aria-disabled={busy}>
            {busy ? 'Deleting…' : 'Delete everything'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Keep it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
