import type { ReactElement } from 'react';
import styles from './said-fold.module.css';

/** What a provider said, in its own words: plain text, closed until somebody wants to know. */
export function SaidFold({ said }: { readonly said: readonly string[] }): ReactElement | null {
  if (said.length === 0) return null;
  return (
    <details className={`${styles['said']} small`}>
      <summary>What the provider said</summary>
      {said.map((words) => (
        <blockquote key={words} dir="auto">
          {words}
        </blockquote>
      ))}
    </details>
  );
}
