import { type ReactElement, useState } from 'react';
import type { Entry } from './check-entry.ts';
import { SignInForm } from './sign-in-form.tsx';

/** What a page that needs an account shows to people who are not signed in. After signing in its queries are repeated by themselves. */
export function SignedOut({ title, what }: { readonly title: string; readonly what: string }): ReactElement {
  const [entry, setEntry] = useState<Entry>('sign-in');
  return (
    <section className="page narrow">
      <h1>{title}</h1>
      <p className="soft">{what}</p>
      <SignInForm
        entry={entry}
        onEntry={setEntry}
        returnTo={location.pathname + location.search}
        onSignedIn={() => {}}
      />
    </section>
  );
}
