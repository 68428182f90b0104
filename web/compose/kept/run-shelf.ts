import { useSyncExternalStore } from 'react';
import type { RunState } from '../../run/state/run-state.ts';
import { holdsResult } from '../../run/state/unsaved.ts';

/**
 * The runs of this tab that another one came in the place of, latest first, in its sessionStorage. They have goals and answers; a run's
 * state has no place for a key.
 */
export interface RunShelf {
  get(): readonly RunState[];
  subscribe(listener: () => void): () => void;
  /** Takes a run in, if there is anything in it; the oldest make room. */
  put(run: RunState): void;
  drop(run: RunState): void;
  /** Whether the tab has it also after a reload. */
  isStored(run: RunState): boolean;
  /** How many were let go, although they are of the last twenty, because all together are too long for this page's memory. */
  lost(): number;
  /** Stores fewer of them, the oldest first, to make room for the run that is shown. False when none is stored any more. */
  makeRoom(): boolean;
}

export const MAX_RUNS = 20;
/** A browser gives a site about five million characters in a tab; the run that is shown goes first. */
const MAX_STORED_CHARS = 2_500_000;
/** What the page itself remembers: far more than runs have. */
const MAX_CHARS = 40_000_000;
export const RUNS_STORAGE = 'oneturn.runs';

type Tab = Pick<Storage, 'setItem' | 'removeItem'>;
interface Entry {
  readonly run: RunState;
  readonly text: string;
}

/** `kept`: what the tab has from before a reload, latest first. */
export function createRunShelf(storage: Tab, kept: readonly RunState[] = []): RunShelf {
  const listeners = new Set<() => void>();
  let entries = bounded(kept.map(entryOf), MAX_CHARS);
  let runs = entries.map(({ run }) => run);
  let stored = entries;
  let lost = 0;

  function change(next: readonly Entry[]): void {
    const latest = next.toSorted((a, b) => b.run.startedAt - a.run.startedAt).slice(0, MAX_RUNS);
    const [newest] = latest;
    entries = bounded(latest, MAX_CHARS);
    // The newest stays however long it is, since it was just paid for.
    if (newest && !entries.includes(newest)) entries = [newest, ...entries];
    lost += latest.length - entries.length;
    runs = entries.map(({ run }) => run);
    stored = bounded(entries, MAX_STORED_CHARS);
    while (!store(storage, stored) && stored.length > 0) stored = stored.slice(0, -1);
    for (const listener of listeners) listener();
  }
  const others = (run: RunState): readonly Entry[] => entries.filter((entry) => !isSameRun(entry.run, run));

  return {
    get: () => runs,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    put(run) {
      if (holdsResult(run)) change([entryOf(run), ...others(run)]);
    },
    drop(run) {
      const rest = others(run);
      if (rest.length < entries.length) change(rest);
    },
    isStored: (run) => stored.some((entry) => isSameRun(entry.run, run)),
    lost: () => lost,
    makeRoom() {
      if (stored.length === 0) return false;
      stored = stored.slice(0, -1);
      return store(storage, stored);
    },
  };
}

function entryOf(run: RunState): Entry {
  return { run, text: JSON.stringify(run) };
}

/** A run that was never sent has no id: then the moment tells. */
export function isSameRun(a: RunState, b: RunState): boolean {
  return a.id === b.id && a.startedAt === b.startedAt;
}

export function useShelf(shelf: RunShelf): readonly RunState[] {
  return useSyncExternalStore(shelf.subscribe, shelf.get);
}

/** As many of the latest as fit. */
function bounded(entries: readonly Entry[], most: number): readonly Entry[] {
  let chars = 0;
  return entries.slice(0, MAX_RUNS).filter(({ text }) => {
    if (chars + text.length > most) return false;
    chars += text.length;
    return true;
  });
}

function store(storage: Tab, entries: readonly Entry[]): boolean {
  try {
    if (entries.length === 0) storage.removeItem(RUNS_STORAGE);
    else storage.setItem(RUNS_STORAGE, `[${entries.map(({ text }) => text).join(',')}]`);
    return true;
  } catch {
    return false;
  }
}
