import { type ReactElement, type ReactNode, useId } from 'react';
import styles from './settings.module.css';

interface SectionProps {
  readonly title: string;
  readonly what?: string;
  readonly children: ReactNode;
}

/** One part of a settings page, under its title. */
export function Section({ title, what, children }: SectionProps): ReactElement {
  const id = useId();
  return (
    <section className={`sheet pad ${styles['setting']}`} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {what && <p className="small soft">{what}</p>}
      {children}
    </section>
  );
}
