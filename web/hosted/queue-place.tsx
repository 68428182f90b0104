import type { ReactElement } from 'react';
import styles from './hosted.module.css';

/** Where a run stands that has not begun. */
export function QueuePlace({
  place,
  attempts,
}: {
  readonly place: number | undefined;
  readonly attempts: number;
}): ReactElement {
  return (
    <section className={`sheet pad ${styles['queue']}`} aria-live="polite">
      <h2 className="num">{titleOf(place)}</h2>
      <p className="small soft">
        {attempts > 0 && 'Its worker stopped; another one goes on with what is done. '}
        You may close this page: the run goes on without it, and its plan ends in My plans.
      </p>
    </section>
  );
}

function titleOf(place: number | undefined): string {
  if (place === undefined) return 'In the queue';
  return place === 1 ? 'Next in the queue' : `Place ${place} in the queue`;
}
