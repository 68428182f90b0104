import type { ReactElement, ReactNode } from 'react';
import { useAskSignIn } from '../account/sign-in-region.tsx';
import type { WizardTools } from './use-wizard.ts';

/** Where the work is: on the server, or in this tab alone. */
export function SaveState({
  tools,
  children,
}: {
  readonly tools: WizardTools;
  readonly children: ReactNode;
}): ReactElement {
  const { state, store } = tools;
  const ask = useAskSignIn();
  const isSignedOut = state.failure?.code === 'unauthenticated';
  const again = async (): Promise<void> => {
    if (!isSignedOut || (await ask('to keep your work'))) await store.save();
  };
  return (
    <span className="row small soft aside">
      <span role="status">{words(tools)}</span>
      {state.saving === 'failed' && (
        <button type="button" className="link" onClick={() => void again()}>
          {isSignedOut ? 'Sign in' : 'Try again'}
        </button>
      )}
      {children}
    </span>
  );
}

function words({ state: { saving, failure, conflict } }: WizardTools): string {
  if (conflict) return 'Changed elsewhere';
  switch (saving) {
    case 'saved':
      return 'Saved';
    case 'waiting':
    case 'busy':
      return 'Saving…';
    case 'failed':
      return failure?.code === 'unauthenticated'
        ? 'You are signed out. Your work is in this tab.'
        : `Kept in this tab. ${failure?.message ?? ''}`;
  }
}
