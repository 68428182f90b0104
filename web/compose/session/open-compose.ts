import { nextFrame } from '../../run/state/framed-value.ts';
import { isBusy } from '../../run/state/run-state.ts';
import { createRunStore, type RunStore } from '../../run/state/run-store.ts';
import { holdsUnsaved } from '../../run/state/unsaved.ts';
import { keepRun } from '../kept/kept-run.ts';
import type { Kept } from '../kept/read-kept.ts';
import { createRunShelf, type RunShelf } from '../kept/run-shelf.ts';
import {
  type ComposeSession,
  type CurrentConfig,
  createComposeSession,
  lateReceipt,
} from './compose-session.ts';
import { tellRunning } from './running.ts';

export interface Compose {
  readonly store: RunStore;
  readonly shelf: RunShelf;
  readonly session: ComposeSession;
  readonly currentConfig: CurrentConfig;
}

const KEEP_AFTER_MS = 500;

/** This tab's compose: its run outlives the page component, is kept across a reload, and ends when the tab leaves. */
export function openCompose(currentConfig: CurrentConfig, before: Kept = { runs: [] }): Compose {
  const shelf = createRunShelf(sessionStorage, before.runs);
  const store = createRunStore({
    now: Date.now,
    frame: nextFrame,
    replaced(previous, next) {
      shelf.drop(next);
      shelf.put(previous);
    },
  });
  const session = createComposeSession(store, currentConfig);
  const kept = before.run;
  if (kept) store.replace(kept);
  // The run that the last page left by a reload: its receipt was signed after the page had gone.
  if (kept?.status === 'cancelled' && !kept.receipt) void lateReceipt(store, 'left');

  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = (): void => {
    clearTimeout(timer);
    timer = undefined;
    while (!keepRun(sessionStorage, store.get(), store.texts()) && shelf.makeRoom());
  };
  store.subscribe(() => {
    tellRunning(isBusy(store.get().status));
    if (!isBusy(store.get().status)) return keep();
    timer ??= setTimeout(keep, KEEP_AFTER_MS);
  });
  // Without this Chrome keeps a run going for a minute after the user has gone elsewhere.
  addEventListener('pagehide', () => {
    session.cancel();
    store.end({ kind: 'left' });
    keep();
  });
  // The tab's storage goes with the tab.
  addEventListener('beforeunload', (event) => {
    const run = store.get();
    if (isBusy(run.status) || holdsUnsaved(run)) event.preventDefault();
  });
  return { store, shelf, session, currentConfig };
}
