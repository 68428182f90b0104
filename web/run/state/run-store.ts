import { useSyncExternalStore } from 'react';
import type { ComposeEvent } from '../../../shared/contract/events.ts';
import type { Envelope } from '../../../shared/contract/receipt.ts';
import { randomId } from '../../http/random-id.ts';
import type { ApplyEvent } from './apply-event.ts';
import { createFramedValue } from './framed-value.ts';
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
  /** The run that has begun is not sent yet: other runs of this browser come first. */
  waits(): void;
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
  /** Calls back about once a frame, also (later) in a hidden tab. */
  readonly frame: (flush: () => void) => void;
  /** Hears of a run in whose place another one comes. */
  readonly replaced?: (previous: RunState, next: RunState) => void;
}

/** A store for one run at a time. Listeners hear at most once a frame, however many events came. */
export function createRunStore({ now, frame, replaced }: RunStoreParts): RunStore {
  const feeds = new Map<string, TextFeed>();
  const beforeFlush = (): void => {
    for (const feed of feeds.values()) feed.flush();
  };
  const { latest, shown, subscribe, change, changeNow } = createFramedValue(IDLE, { frame, beforeFlush });

  function feed(item: string): TextFeed {
    const known = feeds.get(item) ?? createTextFeed();
    feeds.set(item, known);
    return known;
  }

  const texts = (): ReadonlyMap<string, string> =>
    new Map([...feeds].map(([item, { text }]) => [item, text()]));

  return {
    get: shown,
    subscribe,
    feed,
    texts,
    begin: (begin) => {
      feeds.clear();
      const next = beginRun(latest(), { ...begin, now: now() });
      if (!begin.keep) replaced?.(latest(), next);
      changeNow(next);
    },
    waits: () => changeNow({ ...latest(), waits: true }),
    turned: (notices) => changeNow({ ...latest(), turnedAt: now(), notices }),
    sent: (id) => changeNow({ ...latest(), status: 'sent', id, waits: undefined, startedAt: now() }),
    apply(event, reduce) {
      if (event.event === 'file')
        feed(fileFeed(event.data.item, event.data.path)).write(event.data.delta, event.data.attempt);
      if (event.event === 'text') feed(event.data.item).write(event.data.delta, event.data.revision);
      change(reduce(latest(), event, now()));
    },
    end: (end) => changeNow(endRun(latest(), end, now(), texts())),
    receipt(id, envelope) {
      const run = latest();
      if (run.id === id && !run.receipt) changeNow({ ...run, receipt: envelope });
    },
    editReview(id, edit) {
      if (latest().id === id) changeNow(editReview(latest(), edit));
    },
    edit: (item, draft) => changeNow(editDraft(latest(), item, draft, `edit-${randomId()}`)),
    endRework: (accept) => changeNow(endRework(latest(), accept)),
    replace(next) {
      feeds.clear();
      replaced?.(latest(), next);
      changeNow(next);
    },
  };
}

/** The name of the feed of a file beside a draft's SKILL.md. */
export function fileFeed(item: string, path: string): string {
  return `${item}/${path}`;
}

/** A part of the run's state; renders again when that part is another object. `pick` must not build new ones. */
export function useRun<T>(store: RunStore, pick: (state: RunState) => T): T {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}
