import type { ReactElement } from 'react';

export function ConfigProblem({ onRetry }: { readonly onRetry: () => void }): ReactElement {
  return (
    <section className="sheet pad" role="alert">
      <h2>This page could not reach its server</h2>
      <p className="small soft">Your goal is kept. See that the server runs, then try again.</p>
      <button type="button" className="plain" onClick={onRetry}>
        Try again
      </button>
    </section>
  );
}
