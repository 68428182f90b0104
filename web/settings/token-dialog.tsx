import { type ReactElement, type SubmitEvent, useState } from 'react';
import * as z from 'zod/mini';
import {
  type CreatedToken,
  createToken as shape,
  TOKEN_SCOPES,
  type TokenScope,
} from '../../shared/contract/account.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './settings.module.css';
import { createToken } from './settings-api.ts';

const SCOPE_WORDS: Record<TokenScope, string> = {
  'runs:write': 'start, watch and cancel hosted runs',
  'plans:read': 'read and export plans',
  publish: 'publish bundles that you have signed',
};
const EXPIRIES = [
  ['30', '30 days'],
  ['90', '90 days'],
  ['366', 'One year'],
  ['', 'Never'],
] as const;

interface TokenDialogProps {
  readonly onMade: (made: CreatedToken) => void;
  readonly onClose: () => void;
}

export function TokenDialog({ onMade, onClose }: TokenDialogProps): ReactElement {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const [problem, setProblem] = useState<{ readonly field: string; readonly message: string }>();

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = String(form.get('days') ?? '');
    const checked = z.safeParse(shape, {
      name: String(form.get('name') ?? ''),
      scopes: form.getAll('scope'),
      expiresInDays: days === '' ? null : Number(days),
    });
    if (!checked.success) {
      const isName = checked.error.issues[0]?.path[0] === 'name';
      setProblem(
        isName
          ? { field: 'name', message: 'Give it a name of at most 80 characters.' }
          : { field: 'scope', message: 'Choose what it may do.' },
      );
      event.currentTarget.querySelector<HTMLElement>(isName ? '[name="name"]' : '[name="scope"]')?.focus();
      return;
    }
    setProblem(undefined);
    void run(async () => onMade(await signedIn('to make a token', () => createToken(checked.data))));
  };

  return (
    <Dialog title="New API token" onClose={onClose}>
      <form className="dialog-form" method="post" noValidate onSubmit={submit}>
        <TextField
          label="Name"
          name="name"
          maxLength={80}
          autoComplete="off"
          placeholder="nightly release notes"
          problem={problem?.field === 'name' ? problem.message : undefined}
          autoFocus
        />
        <fieldset>
          <legend className="label">It may</legend>
          {TOKEN_SCOPES.map((scope) => (
            <label key={scope} className="check">
              <input type="checkbox" name="scope" value={scope} defaultChecked={scope === 'runs:write'} />
              <span>
                {SCOPE_WORDS[scope]} <span className="mono small soft">{scope}</span>
              </span>
            </label>
          ))}
          {problem?.field === 'scope' && (
            <p className="small bad" role="alert">
              {problem.message}
            </p>
          )}
        </fieldset>
        <label className="field">
          <span className="label">It expires after</span>
          <select name="days" defaultValue="90">
            {EXPIRIES.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="primary" aria-disabled={busy}>
            {busy ? 'Making it…' : 'Make token'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The only time that a token is on the page; the server keeps no more than its hash. */
export function ShownToken({
  made,
  onClose,
}: {
  readonly made: CreatedToken;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Dialog title={`“${made.info.name}” is made`} sticky onClose={onClose}>
      <p>Copy it now: it is shown this once, and the server keeps only its hash.</p>
      <code className={styles['secret']}>{made.token}</code>
      <div className="row actions">
        <CopyButton text={() => made.token} label="Copy token" />
        <button type="button" className="plain" onClick={onClose}>
          I have it
        </button>
      </div>
    </Dialog>
  );
}
