/** How often it is asked whether a feed's reader may still read: 5 s after an ended session or a revoked token nobody reads on. */
const RECHECK_MS = 4000;

export interface ReaderWatch {
  /** Whether this session or token still works. */
  readonly mayRead: () => Promise<boolean>;
  /** Called once when it no longer works. */
  readonly onEnd: () => void;
  readonly everyMs?: number;
}

/** Asks on its own clock, since a reader that takes nothing lets the feed itself stand still. Returns what ends it. */
export function watchReader({ mayRead, onEnd, everyMs = RECHECK_MS }: ReaderWatch): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    timer = setTimeout(() => void check(), everyMs).unref();
  };
  const check = async (): Promise<void> => {
    // while the database is away there is nothing to read either
    const may = await mayRead().catch(() => true);
    if (isOver) return;
    if (may) return arm();
    isOver = true;
    onEnd();
  };
  arm();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
