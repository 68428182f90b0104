import { useSyncExternalStore } from 'react';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { Envelope } from '../../../shared/contract/receipt.ts';
import { randomId } from '../../http/random-id.ts';
import type { ApplyEvent } from './apply-event.ts';
import { type Begin, beginRun, editDraft, editReview, endRework, endRun, type RunEnd } from './reduce-run.ts';
import { type DraftProgress, IDLE, type ReviewEdits, type RunState } from './run-state.ts';
import { createTextFeed, type TextFeed } from './text-feed.ts';

/** The run of this tab. Events change the state at once; whoever listens hears of it once a frame. */
export interface RunStore {
  get(): RunState;
  subscribe(listener: () => void): () => void;
  feed(item: string): TextFeed;
  /** What is written so far of the drafts that stream, by item. */
  texts(): ReadonlyMap<string, string>;
  begin(begin: Omit<Begin, 'now'>): void;
  turned(notices: readonly string[]): void;
  sent(id: string): void;
  /** `reduce` is `applyEvent`, which comes with what reads the events. */
  apply(event: ComposeEvent, reduce: ApplyEvent): void;
  end(end: RunEnd): void;
  receipt(id: string, envelope: Envelope): void;
  /** What a person changes of the plan that waits in the run of that id; nothing where it waits no more. */
  editReview(id: string, change: (edits: ReviewEdits) => ReviewEdits): void;
  /** What a person did to a draft of a run that is over: the result is another one, to be saved anew. */
  edit(item: string, change: DraftProgress): void;
  endRework(accept: boolean): void;
  /** Puts a whole state back: from the tab's storage, or to undo "Start over". */
  replace(state: RunState): void;
}

/** What the store needs of its surroundings; tests own time and frames. */
export interface RunStoreParts {
  readonly now: () => number;
  /** Calls back before the next frame is drawn, also (later) in a hidden tab. */
  readonly frame: (flush: () => void) => void;
  /** Hears of a run in whose place another one comes. */
  readonly replaced?: (previous: RunState, next: RunState) => void;
}

/** A store for one run at a time. Listeners hear at most once a frame, however many events came. */
export function createRunStore({ now, frame, replaced }: RunStoreParts): RunStore {
  const listeners = new Set<() => void>();
  const feeds = new Map<string, TextFeed>();
  let state = IDLE;
  let shown = IDLE;
  let waiting = false;

  function flush(): void {
    waiting = false;
    for (const feed of feeds.values()) feed.flush();
    if (shown === state) return;
    shown = state;
    for (const listener of listeners) listener();
  }

  function change(next: RunState): void {
    state = next;
    if (waiting) return;
    waiting = true;
    frame(flush);
  }

  /** For what a person did: shown without waiting for a frame. */
  function changeNow(next: RunState): void {
    state = next;
    flush();
  }

  function feed(item: string): TextFeed {
    const known = feeds.get(item) ?? createTextFeed();
    feeds.set(item, known);
    return known;
  }

  const texts = (): ReadonlyMap<string, string> =>
    new Map([...feeds].map(([item, { text }]) => [item, text()]));

  return {
    get: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    feed,
    texts,
    begin: (begin) => {
      feeds.clear();
      const next = beginRun(state, { ...begin, now: now() });
      if (!begin.keep) replaced?.(state, next);
      changeNow(next);
    },
    turned: (notices) => changeNow({ ...state, turnedAt: now(), notices }),
    sent: (id) => changeNow({ ...state, status: 'sent', id, startedAt: now() }),
    apply(event, reduce) {
      if (event.event === 'text') feed(event.data.item).write(event.data.delta, event.data.revision);
      change(reduce(state, event, now()));
    },
    end: (end) => changeNow(endRun(state, end, now(), texts())),
    receipt(id, envelope) {
      if (state.id === id && !state.receipt) changeNow({ ...state, receipt: envelope });
    },
    editReview(id, change) {
      if (state.id === id) changeNow(editReview(state, change));
    },
    edit: (item, change) => changeNow(editDraft(state, item, change, `edit-${randomId()}`)),
    endRework: (accept) => changeNow(endRework(state, accept)),
    replace(next) {
      feeds.clear();
      replaced?.(state, next);
      changeNow(next);
    },
  };
}

/** A part of the run's state; renders again when that part is another object. `pick` must not build new ones. */
export function useRun<T>(store: RunStore, pick: (state: RunState) => T): T {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}

/** `requestAnimationFrame`, and a timer for tabs that are hidden, where no frames are drawn. */
export function nextFrame(flush: () => void): void {
  let called = false;
  const once = (): void => {
    if (called) return;
    called = true;
    cancelAnimationFrame(handle);
    clearTimeout(timer);
    flush();
  };
  const handle = requestAnimationFrame(once);
  const timer = setTimeout(once, 250);
}
