import type { Envelope } from '../../shared/contract/receipt.ts';

const KEEP_MS = 10 * 60_000;
const KEEP_MAX = 2000;

/** The last receipts, by their run's unguessable id: a page that cancelled can no longer hear its stream. */
export interface Receipts {
  keep(run: string, envelope: Envelope): Promise<void>;
  get(run: string): Promise<Envelope | undefined>;
}

/** Kept in the memory of this process, and gone with it. */
export class ReceiptStore implements Receipts {
  readonly #receipts = new Map<string, { readonly envelope: Envelope; readonly until: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async keep(run: string, envelope: Envelope): Promise<void> {
    this.#receipts.set(run, { envelope, until: this.#now() + KEEP_MS });
    for (const [old, { until }] of this.#receipts) {
      if (until > this.#now() && this.#receipts.size <= KEEP_MAX) break;
      this.#receipts.delete(old);
    }
  }

  async get(run: string): Promise<Envelope | undefined> {
    const found = this.#receipts.get(run);
    return found && found.until > this.#now() ? found.envelope : undefined;
  }
}
