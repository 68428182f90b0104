import { useSyncExternalStore } from 'react';

let running = false;
const listeners = new Set<() => void>();

/** Told by this tab's compose, for the pages that do not show it. */
export function tellRunning(next: boolean): void {
  if (running === next) return;
  running = next;
  for (const listener of listeners) listener();
}

/** Whether a compose of this tab goes on. */
export function useRunning(): boolean {
  return useSyncExternalStore(subscribe, () => running);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
