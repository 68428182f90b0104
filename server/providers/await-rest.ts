import type { Clock } from './clock.ts';

/** After an answer's own end the rest of the response is awaited so long, to keep the connection. */
const DRAIN_MS = 1000;
/** And by whoever asked: a new connection would cost more. */
const GRACE_MS = 20;

interface Waiting {
  /** Whoever asked waits no longer; the connection still may. */
  readonly late: () => void;
  /** The rest does not come, or nobody wants it any more. */
  readonly stop: () => void;
}

/** Waits for the end of a response whose answer is whole. To be called when it came. */
export function awaitRest(
  clock: Clock,
  signals: readonly AbortSignal[],
  { late, stop }: Waiting,
): () => void {
  const cancels = [clock.after(GRACE_MS, late), clock.after(DRAIN_MS, stop)];
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  return () => {
    for (const cancel of cancels) cancel();
    for (const signal of signals) signal.removeEventListener('abort', stop);
  };
}
