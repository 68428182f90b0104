import { useEffect, useState } from 'react';
import type { RunState } from '../../run/state/run-state.ts';

/** The server sends the head of its answer after a second at the latest. */
const LATE_MS = 3000;

/** Why nothing is seen of a run yet; undefined while that is nothing to speak of. */
export function useLateAnswer({ status, waits }: RunState): string | undefined {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (status !== 'sent') return;
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, [status]);
  if (status === 'preparing' && waits)
    return 'Five runs of this browser go on in other tabs. It keeps six connections to a server over HTTP/1.1, and one is left for pages: this run begins when one of the five ends. Nothing is sent until then.';
  return isLate ? 'The server has not answered yet.' : undefined;
}
