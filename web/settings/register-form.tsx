import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import * as z from 'zod/mini';
import { registerSigningKey, type SigningKeyInfo } from '../../shared/contract/registry.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { registerKey, signingKeysQuery } from '../signing/signing-api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './settings.module.css';

/** For who publishes from a terminal or in CI: takes the line that `npm run publish` prints. */
export function RegisterForm({ onMade }: { readonly onMade: (key: SigningKeyInfo) => void }): ReactElement {
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const name = String(given.get('name') ?? '').trim() || 'command line';
    const wish = z.safeParse(registerSigningKey, { ...fieldsOf(String(given.get('line') ?? '')), name });
    if (!wish.success) {
      setProblem('That is not the line. It begins with {"publicKey": and ends with }.');
      return;
    }
    setProblem(undefined);
    void run(async () => {
      onMade(await signedIn('to register a signing key', () => registerKey(wish.data)));
      form.reset();
      await client.invalidateQueries({ queryKey: signingKeysQuery.queryKey });
    });
  };
  return (
    <details className={`sheet pad ${styles['setting']}`}>
      <summary>Register one that was made elsewhere</summary>
      <form className={styles['password-form']} method="post" noValidate onSubmit={submit} autoComplete="off">
        <p className="small soft">
          “npm run publish” makes its signing key in a file, and prints a line that proves that it has it.
        </p>
        <TextField label="Name" name="name" maxLength={80} placeholder="CI" />
        <TextField label="The line" name="line" className="mono" problem={problem} />
        {failure && <FailureNote failure={failure} />}
        <button type="submit" className={`plain strong ${styles['start']}`} aria-disabled={busy}>
          {busy ? 'Registering…' : 'Register'}
        </button>
      </form>
    </details>
  );
}

function fieldsOf(line: string): object {
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === 'object' && fields !== null ? fields : {};
  } catch {
    return {};
  }
}
