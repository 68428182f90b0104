import {
  createContext,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useState,
} from 'react';

/** Asks to sign in, in place; true when somebody did. `reason` ends the sentence "Sign in to …". */
export type AskSignIn = (reason?: string) => Promise<boolean>;

interface Asked {
  readonly reason: string | undefined;
  readonly answer: (signedIn: boolean) => void;
}

const SignInDialog = lazy(async () => ({ default: (await import('./sign-in-dialog.tsx')).SignInDialog }));
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
      {asked && (
        <Suspense fallback={null}>
          <SignInDialog reason={asked.reason} onDone={done} />
        </Suspense>
      )}
    </Ask>
  );
}

export function useAskSignIn(): AskSignIn {
  return useContext(Ask);
}
