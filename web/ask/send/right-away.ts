import { useSyncExternalStore } from 'react';

/** Whether plans are drafted without a look at them, as last chosen in this browser. */
const STORAGE_NAME = 'oneturn.draft-right-away';
const listeners = new Set<() => void>();
/** For a browser whose storage is off: the choice lasts as long as the page. */
let chosen = false;

/** The remembered choice, for code outside of React. */
export function draftsRightAway(): boolean {
  try {
    return localStorage.getItem(STORAGE_NAME) === 'yes';
  } catch {
    return chosen;
  }
}

/** Changes the choice for all open parts of the page at once. */
export function rememberRightAway(rightAway: boolean): void {
  chosen = rightAway;
  try {
    localStorage.setItem(STORAGE_NAME, rightAway ? 'yes' : 'no');
  } catch {
    // It is kept above.
  }
  for (const listener of listeners) listener();
}

/** The choice as state: the component is drawn again when it changes. */
export function useRightAway(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, draftsRightAway);
}
