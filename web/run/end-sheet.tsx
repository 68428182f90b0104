import type { ReactElement, ReactNode } from 'react';
import { SaidFold } from '../ui/said-fold.tsx';
import styles from './end-sheet.module.css';

interface EndSheetProps {
  /** `bad`: it is told at once. `calm`: somebody wanted it so. */
  readonly tone: 'bad' | 'calm';
  readonly title: string;
  readonly message: string;
  /** What the provider said of it. */
  readonly said: readonly string[];
  /** What was kept, in a sentence. */
  readonly kept: string;
  /** The buttons for the next step. */
  readonly children: ReactNode;
}

/** How a run ended that did not simply come to its end, for runs on a user's key and on this server alike. */
export function EndSheet({ tone, title, message, said, kept, children }: EndSheetProps): ReactElement {
  return (
    <section
      className={`sheet pad ${styles['end']}`}
      aria-labelledby="end-title"
      data-tone={tone}
      role={tone === 'bad' ? 'alert' : undefined}
    >
      <h2 id="end-title">{title}</h2>
      <p className={styles['message']}>{message}</p>
      <SaidFold said={said} />
      <p className="soft small">{kept}</p>
      <div className="row actions">{children}</div>
    </section>
  );
}
