/** A model writes some thousand tokens a second at the most, each of up to three lines; a proxy may hold an answer back and send it at once. */
const LINES_PER_SECOND = 20_000;
const BURST_LINES = 100_000;
/** A line costs its reader about as much whatever is on it, so bytes alone are no bound: 16 MB of line feeds took 4.5 s. */
const MAX_LINES = 500_000;

/** How many lines, or binary frames, one answer may have, at once and in all. */
export class LineBudget {
  readonly #now: () => number;
  #left = BURST_LINES;
  #since: number;
  #total = 0;

  constructor(now: () => number) {
    this.#now = now;
    this.#since = now();
  }

  /** False when it is more than an answer can be. */
  take(lines: number): boolean {
    const now = this.#now();
    const refill = ((now - this.#since) / 1000) * LINES_PER_SECOND;
    this.#left = Math.min(BURST_LINES, this.#left + refill) - lines;
    this.#since = now;
    this.#total += lines;
    return this.#left >= 0 && this.#total <= MAX_LINES;
  }
}

const LF = 10;
const CR = 13;

/** Ends of lines in a piece of a stream. CRLF counts twice, which is of no harm. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === LF || byte === CR) lines += 1;
  return lines;
}
