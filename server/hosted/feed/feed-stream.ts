import { watchReader } from './watch-reader.ts';

export interface FeedStreamOptions {
  /** Makes the events; they end when the signal is aborted. */
  readonly events: (gone: AbortSignal) => AsyncGenerator<string>;
  /** Whether the reader's session or token still works. */
  readonly mayRead: () => Promise<boolean>;
  /** The request is over. */
  readonly signal: AbortSignal;
  /** Destroys the connection if anything waits in it to be read. */
  readonly cutUnread: () => void;
  /** However the feed ends; maybe more than once. */
  readonly release: () => void;
}

/**
 * A feed as a response's body, pulled by the client: nothing is read ahead of what it takes. It ends soon after its reader's session
 * does; a reader that takes nothing could not be told, and its connection is cut.
 */
export function feedStream({
  events,
  mayRead,
  signal,
  cutUnread,
  release,
}: FeedStreamOptions): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const ended = new AbortController();
  const stopWatching = watchReader({
    mayRead,
    onEnd: () => {
      ended.abort();
      cutUnread();
    },
  });
  const over = (): void => {
    stopWatching();
    release();
  };
  const gone = AbortSignal.any([signal, ended.signal]);
  gone.addEventListener('abort', over, { once: true });
  // the place was awaited, and its reader may have left meanwhile
  if (gone.aborted) over();
  const told = events(gone);

  return new ReadableStream({
    pull: async (controller) => {
      const next = await told.next().catch((error: unknown) => {
        over();
        throw error;
      });
      if (next.done === true) {
        over();
        controller.close();
      } else controller.enqueue(encoder.encode(next.value));
    },
    cancel: () => ended.abort(),
  });
}
