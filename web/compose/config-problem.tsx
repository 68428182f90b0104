import type { ReactElement } from 'react';
import { TryAgain } from '../ui/try-again.tsx';

export function ConfigProblem({ onRetry }: { readonly onRetry: () => unknown }): ReactElement {
  return (
    <section className="sheet pad" role="alert">
      <h2>This page could not reach its server</h2>
      <p className="small soft">Your goal is kept. See that the server runs, then try again.</p>
      <TryAgain again={onRetry} />
    </section>
  );
}
