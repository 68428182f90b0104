import { type ReactElement, useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { FailureNote } from '../ui/failure-note.tsx';
import { pathOrHome } from './account-api.ts';
import type { Entry } from './check-entry.ts';
import { useHandle } from './me.ts';
import { SignInForm } from './sign-in-form.tsx';

/** Where a sign-in through GitHub ends that did not work, and for those who come by the address. */
export function SignInPage(): ReactElement {
  const [entry, setEntry] = useState<Entry>('sign-in');
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  const handle = useHandle();
  const next = pathOrHome(params.get('next'));
  useEffect(() => {
    if (handle) navigate(next, { replace: true });
  }, [handle, next, navigate]);

  return (
    <section className="page narrow">
      <h1>{entry === 'sign-in' ? 'Sign in' : 'Create an account'}</h1>
      {params.has('error') && (
        <FailureNote
          failure={{
            code: 'unauthenticated',
            message:
              'GitHub did not sign you in. If your e-mail address has an account here already, sign in with its password; else try again.',
          }}
          kept="What was in this tab is still here."
        />
      )}
      <div className="sheet pad">
        <SignInForm
          entry={entry}
          onEntry={setEntry}
          returnTo={next}
          onSignedIn={() => navigate(next, { replace: true })}
        />
      </div>
    </section>
  );
}
