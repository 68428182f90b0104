import type { ComposeEvent, EventData } from '../../contract/events.ts';

/**
 * Events from tasks that run at the same time, for one reader. Its size is bounded by what the run writes: pending text of one draft is
 * joined.
 */
export interface EventQueue {
  push(event: ComposeEvent): void;
  text(item: string, revision: number, delta: string): void;
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
  // The last pending event when it is text: deltas that arrive in one tick, or faster than the reader reads, become one event.
  let open: EventData<'text'> | undefined;
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

  return {
    push: (event) => {
      pending.push(event);
      open = undefined;
      rouse();
    },
    text: (item, revision, delta) => {
      if (open?.item === item && open.revision === revision) {
        open.delta += delta;
        return;
      }
      open = { item, revision, delta };
      pending.push({ event: 'text', data: open });
      rouse();
    },
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
