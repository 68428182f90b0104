import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { SigningKeyInfo } from '../../shared/contract/registry.ts';
import { browserInWords } from '../account/browser-words.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { CallFailed } from '../http/call.ts';
import { useAction } from '../http/use-action.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { canSign } from './browser-keys.ts';
import styles from './signing.module.css';
import { browserKeysQuery, makeAndRegister, signingKeysQuery } from './signing-api.ts';

interface NewKeyFormProps {
  readonly handle: string;
  readonly keys: readonly SigningKeyInfo[];
  readonly onMade: (key: SigningKeyInfo) => void;
}

/** Makes this browser's signing key, under a name that tells it from those of other browsers. */
export function NewKeyForm({ handle, keys, onMade }: NewKeyFormProps): ReactElement {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  if (!canSign())
    return (
      <p className="small soft">
        This browser cannot sign here: that needs https, or the page on the machine itself. The program “npm
        run publish” signs on any machine.
      </p>
    );

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
    if (name === '' || name.length > 80) {
      setProblem('Give it a name of at most 80 characters.');
      return;
    }
    setProblem(undefined);
    void run(async () => {
      const made = await signedIn('to register a signing key', () =>
        makeAndRegister(handle, name, keys),
      ).catch(notKept);
      await Promise.all([
        client.invalidateQueries({ queryKey: signingKeysQuery.queryKey }),
        client.invalidateQueries({ queryKey: browserKeysQuery(handle).queryKey }),
      ]);
      onMade(made);
    });
  };
  return (
    <form className={styles['new-key']} method="post" noValidate onSubmit={submit} autoComplete="off">
      <TextField
        label="Name of this browser’s signing key"
        name="name"
        maxLength={80}
        defaultValue={browserInWords(navigator.userAgent)}
        problem={problem}
      />
      {failure && <FailureNote failure={failure} />}
      <button type="submit" className="plain strong" aria-disabled={busy}>
        {busy ? 'Making it…' : 'Make a signing key'}
      </button>
    </form>
  );
}

/** A private window, or a profile whose storage is off: the browser said so, in words of its own. */
function notKept(error: unknown): never {
  if (error instanceof CallFailed) throw error;
  throw new CallFailed({
    code: 'unavailable',
    message: 'This browser did not keep the signing key. In a private window that is so; use a normal one.',
  });
}
