import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { SigningKeyInfo } from '../../shared/contract/registry.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { revokeKey, signingKeysQuery } from '../signing/signing-api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useToast } from '../ui/toast.tsx';

interface RevokeKeyDialogProps {
  readonly info: SigningKeyInfo;
  readonly onClose: () => void;
}

/** Asks since when: a lost browser harms nothing that was signed before. */
export function RevokeKeyDialog({ info, onClose }: RevokeKeyDialogProps): ReactElement {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const toast = useToast();
  const [isNow, setNow] = useState(true);
  const [problem, setProblem] = useState<string>();

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new Date(String(new FormData(event.currentTarget).get('since') ?? ''));
    const isDate = !Number.isNaN(given.getTime());
    if (!isNow && !isDate) {
      setProblem('Give the day and the time.');
      return;
    }
    if (!isNow && given.getTime() > Date.now()) {
      setProblem('That is in the future.');
      return;
    }
    setProblem(undefined);
    const since = isNow ? undefined : given.toISOString();
    void run(async () => {
      await signedIn('to revoke a signing key', () => revokeKey(info.keyId, since));
      await client.invalidateQueries({ queryKey: signingKeysQuery.queryKey });
      toast({ text: `Revoked “${info.name}”. It signs nothing here any more.` });
      onClose();
    });
  };
  return (
    <Dialog title={`Revoke “${info.name}”?`} onClose={onClose}>
      <form className="dialog-form" method="post" noValidate onSubmit={submit}>
        <p>
          Nothing new is taken with it, and what was signed from that moment on is not to be believed. This
          cannot be undone, and the date cannot be changed.
        </p>
        <fieldset>
          <legend className="label">Others may have had it</legend>
          <label className="check">
            <input type="radio" name="when" checked={isNow} onChange={() => setNow(true)} />
            <span>never: from now on</span>
          </label>
          <label className="check">
            <input type="radio" name="when" checked={!isNow} onChange={() => setNow(false)} />
            <span>since an earlier moment</span>
          </label>
        </fieldset>
        {!isNow && (
          <TextField
            label="Since"
            name="since"
            type="datetime-local"
            min={forField(new Date(info.createdAt))}
            max={forField(new Date())}
            problem={problem}
          />
        )}
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="plain stop" aria-disabled={busy}>
            {busy ? 'Revoking…' : 'Revoke'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Keep it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** As the field has it: local time, to the minute. */
function forField(date: Date): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
