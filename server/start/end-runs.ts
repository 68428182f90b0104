import { RunAborted } from '../runs/run-aborted.ts';

/** Lets runs finish for that many milliseconds, then ends them with a last event. */
export async function endRuns(running: ReadonlySet<AbortController>, graceMs: number): Promise<void> {
  const until = performance.now() + graceMs;
  while (running.size > 0 && performance.now() < until) await new Promise((tick) => setTimeout(tick, 20));
  while (running.size > 0) {
    // Repeated, since a connection that was kept open may have begun another run.
    for (const controller of running) controller.abort(new RunAborted('shutdown'));
    await new Promise((tick) => setTimeout(tick, 5));
  }
}
