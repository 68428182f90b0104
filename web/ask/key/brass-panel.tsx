import type { ReactElement, ReactNode } from 'react';
import styles from './key-panel.module.css';

interface BrassPanelProps {
  /** `held`: its field holds a key, and brass fills it; `gone`: the key was taken out; `none`: it takes none. */
  readonly state: 'none' | 'empty' | 'held' | 'gone';
  /** The id of its heading. */
  readonly labelledBy: string;
  readonly children: ReactNode;
}

/** What a key's field stands in, wherever there is one: it shows whether the page has a key. */
export function BrassPanel({ state, labelledBy, children }: BrassPanelProps): ReactElement {
  return (
    <section className={`sheet pad ${styles['key']}`} data-key={state} aria-labelledby={labelledBy}>
      {children}
    </section>
  );
}
