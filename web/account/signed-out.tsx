import { type ReactElement, useState } from 'react';
import type { Entry } from './check-entry.ts';
import { SignInForm } from './sign-in-form.tsx';

/** What a page of one's own shows to nobody in particular. Once signed in, its queries are asked again by themselves. */
export function SignedOut({ title, what }: { readonly title: string; readonly what: string }): ReactElement {
  const [entry, setEntry] = useState<Entry>('sign-in');
  return (
    <section className="page narrow">
      <h1>{title}</h1>
      <p className="soft">{what}</p>
      <SignInForm entry={entry} onEntry={setEntry} returnTo={location.pathname} onSignedIn={() => {}} />
    </section>
  );
}
