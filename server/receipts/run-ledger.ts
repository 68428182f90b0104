import { createHash } from 'node:crypto';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { PhaseName } from '../../shared/contract/phase.ts';
import type { Receipt } from '../../shared/contract/receipt.ts';
import { NO_USAGE, type Usage } from '../../shared/contract/usage.ts';

type CallLine = Receipt['calls'][number];

/** Collects, while a run goes on, what its receipt will say. */
export class RunLedger {
  readonly #calls: CallLine[] = [];
  readonly #drafts = new Map<string, string>();
  #usage: Usage = NO_USAGE;
  #phase: PhaseName | null = null;

  get phase(): PhaseName | null {
    return this.#phase;
  }

  get usage(): Usage {
    return this.#usage;
  }

  call(line: CallLine): void {
    this.#calls.push(line);
  }

  event(event: ComposeEvent): void {
    if (event.event === 'phase' && event.data.state !== 'done') this.#phase = event.data.phase;
    if (event.event === 'usage') this.#usage = event.data;
    if (event.event === 'draft') this.#drafts.set(event.data.item, event.data.digest);
  }

  receipt(rest: Omit<Receipt, 'version' | 'calls' | 'usage' | 'drafts'>): Receipt {
    const digests = [...this.#drafts.keys()].sort().map((item) => this.#drafts.get(item));
    const drafts = `sha256:${createHash('sha256').update(digests.join('\n')).digest('hex')}`;
    return { version: 1, ...rest, calls: this.#calls, usage: this.#usage, drafts };
  }
}
