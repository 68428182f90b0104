import { type ReactElement, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import type { Entry } from './check-entry.ts';
import { SignInForm } from './sign-in-form.tsx';

interface SignInDialogProps {
  readonly reason: string | undefined;
  readonly onDone: (signedIn: boolean) => void;
}

export function SignInDialog({ reason, onDone }: SignInDialogProps): ReactElement {
  const [entry, setEntry] = useState<Entry>('sign-in');
  const words = entry === 'sign-in' ? 'Sign in' : 'Create an account';
  return (
    <Dialog title={reason ? `${words} ${reason}` : words} onClose={() => onDone(false)}>
      <SignInForm
        entry={entry}
        onEntry={setEntry}
        returnTo={location.pathname}
        onSignedIn={() => onDone(true)}
      />
    </Dialog>
  );
}
