import type { ComposeEvent, EventData } from '../../contract/events.ts';

/**
 * Events from tasks that run at the same time, for one reader. Its size is bounded by what the run writes: pending text of one draft is
 * joined.
 */
export interface EventQueue {
  push(event: ComposeEvent): void;
  text(item: string, revision: number, delta: string): void;
  file(data: EventData<'file'>): void;
  close(): void;
  /** Passes a bug on to the reader, after the events that came before it. */
  fail(error: unknown): void;
  /** What has come since the last time. */
  take(): readonly ComposeEvent[];
  /** True when there is something to take, false when nothing more will come. */
  more(): Promise<boolean>;
}

/** An empty queue for one run. Only one reader may wait at a time. */
export function createEventQueue(): EventQueue {
  let pending: ComposeEvent[] = [];
  // The last pending event when it is a piece of a text: pieces that arrive in one tick, or faster than the reader reads, become one event.
  let open: { readonly of: string; readonly data: { delta: string } } | undefined;
  let wake: (() => void) | undefined;
  let end: { readonly error?: unknown } | undefined;

  const rouse = (): void => {
    wake?.();
    wake = undefined;
  };
  const finish = (how: { readonly error?: unknown }): void => {
    end ??= how;
    rouse();
  };

  const write = (of: string, event: Extract<ComposeEvent, { event: 'text' | 'file' }>): void => {
    if (open?.of === of) {
      open.data.delta += event.data.delta;
      return;
    }
    open = { of, data: event.data };
    pending.push(event);
    rouse();
  };

  return {
    push: (event) => {
      pending.push(event);
      open = undefined;
      rouse();
    },
    text: (item, revision, delta) =>
      write(`${item} ${revision}`, { event: 'text', data: { item, revision, delta } }),
    file: (data) => write(`${data.item} ${data.path} ${data.attempt}`, { event: 'file', data: { ...data } }),
    close: () => finish({}),
    fail: (error) => finish({ error }),
    take: () => {
      const events = pending;
      pending = [];
      open = undefined;
      return events;
    },
    more: async () => {
      while (pending.length === 0) {
        if (end && 'error' in end) throw end.error;
        if (end) return false;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return true;
    },
  };
}
