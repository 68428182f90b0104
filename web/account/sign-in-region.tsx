import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useState } from 'react';

import { part } from '../chunks/part.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Asks to sign in, in place; true when somebody did. `reason` ends the sentence "Sign in to …". */
export type AskSignIn = (reason?: string) => Promise<boolean>;

interface Asked {
  readonly reason: string | undefined;
  readonly answer: (signedIn: boolean) => void;
}

const SignInDialog = part(
  () => import('./sign-in-dialog.tsx'),
  (module) => module.SignInDialog,
  {
    frame: (problem, { onDone }) => (
      <Dialog title="Sign in" onClose={() => onDone(false)}>
        {problem}
      </Dialog>
    ),
  },
);
/** Fetches what a sign-in needs before somebody asks for it. */
export const warmSignIn = SignInDialog.warm;

const Ask = createContext<AskSignIn>(async () => false);

/** Holds the dialog, so that whoever asks stays as it is and goes on afterwards. */
export function SignInRegion({ children }: { readonly children: ReactNode }): ReactElement {
  const [asked, setAsked] = useState<Asked>();
  const ask = useCallback<AskSignIn>((reason) => new Promise((answer) => setAsked({ reason, answer })), []);
  const done = (signedIn: boolean): void => {
    setAsked(undefined);
    asked?.answer(signedIn);
  };
  return (
    <Ask value={ask}>
      {children}
      {asked && <SignInDialog reason={asked.reason} onDone={done} />}
    </Ask>
  );
}

/** Opens the sign-in dialog with a reason, and resolves with whether the person signed in. */
export function useAskSignIn(): AskSignIn {
  return useContext(Ask);
}
