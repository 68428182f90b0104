import type { ReactElement } from 'react';
import { part } from '../chunks/part.tsx';
import type { RunState } from './state/run-state.ts';

const Announcement = part(
  () => import('./announcement.tsx'),
  (module) => module.Announcement,
  // whoever hears it has no use for a part that did not come
  { frame: () => null },
);

interface AnnouncerProps {
  readonly run: RunState;
  /** The run waits for its turn on this server. */
  readonly queued?: boolean;
}

/** Always there, for a live region that appears is not read. */
export function Announcer({ run, queued = false }: AnnouncerProps): ReactElement {
  return (
    <p className="hidden" role="status" aria-live="polite" data-testid="announcer">
      {!run.restored && (queued || run.status !== 'idle') && <Announcement run={run} queued={queued} />}
    </p>
  );
}
