/** A value that changes at once, and of which listeners hear at most once a frame, however often it changed. */
export interface FramedValue<T> {
  /** With all that has happened. */
  latest(): T;
  /** What listeners were told last. */
  shown(): T;
  subscribe(listener: () => void): () => void;
  /** Told about once a frame. */
  change(next: T): void;
  /** For what a person did: told without waiting for a frame. */
  changeNow(next: T): void;
}

interface FramedParts {
  /** Calls back about once a frame, also (later) in a hidden tab. */
  readonly frame: (flush: () => void) => void;
  /** Called before the listeners, for what is shown with the value and has a listener of its own. */
  readonly beforeFlush: () => void;
}

/** Holds `first` until it is changed. */
export function createFramedValue<T>(first: T, { frame, beforeFlush }: FramedParts): FramedValue<T> {
  const listeners = new Set<() => void>();
  let latest = first;
  let shown = first;
  let waiting = false;

  function flush(): void {
    waiting = false;
    beforeFlush();
    if (shown === latest) return;
    shown = latest;
    for (const listener of listeners) listener();
  }

  return {
    latest: () => latest,
    shown: () => shown,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change(next) {
      latest = next;
      if (waiting) return;
      waiting = true;
      frame(flush);
    },
    changeNow(next) {
      latest = next;
      flush();
    },
  };
}

/**
 * Once a frame, in a task of its own: inside of `requestAnimationFrame` the listeners' work and the layout that follows would be one task,
 * twice as long. A timer for tabs that are hidden, where no frames are drawn.
 */
export function nextFrame(flush: () => void): void {
  let called = false;
  const once = (): void => {
    if (called) return;
    called = true;
    cancelAnimationFrame(handle);
    clearTimeout(timer);
    flush();
  };
  const handle = requestAnimationFrame(() => setTimeout(once));
  const timer = setTimeout(once, 250);
}
