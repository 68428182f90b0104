/**
 * Back-pressure from a run's client to its providers: while it is closed, nothing more is read from any of the run's upstream
 * sockets, so that a slow reader makes the provider wait and not this process's memory grow.
 */
export class Gate {
  #closed = false;
  readonly #waiting = new Set<() => void>();

  get closed(): boolean {
    return this.#closed;
  }

  close(): void {
    this.#closed = true;
  }

  open(): void {
    this.#closed = false;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resume of waiting) resume();
  }

  /** Calls back once, at the next `open`; the returned function takes that back. */
  whenOpen(resume: () => void): () => void {
    this.#waiting.add(resume);
    return () => void this.#waiting.delete(resume);
  }
}
