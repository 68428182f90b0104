import type { Failure } from '../../shared/contract/failure.ts';
import type { PhaseName } from '../../shared/contract/phase.ts';
import type { Usage } from '../../shared/contract/usage.ts';

/** Where a run's requests are written down: each before it is made, and its end after. What cannot be written is not made. */
export interface CallJournal {
  begin(call: JournalCall): Promise<JournalEntry>;
}

/** A request that is about to be made. */
export interface JournalCall {
  readonly phase: PhaseName;
  readonly item: string | undefined;
  readonly model: string;
  readonly path: string;
  readonly body: string;
}

/** `end` is called once, and waits for nothing. */
export type JournalEntry =
  | { readonly ok: true; readonly end: (ended: JournalEnd) => void }
  | { readonly ok: false; readonly failure: Failure };

/** What became of a request, without the text of its answer. */
export interface JournalEnd {
  readonly outcome: 'answer' | 'failure' | 'stopped';
  /** Of a failure. */
  readonly code: string | null;
  /** HTTP; null: no response head came. */
  readonly status: number | null;
  readonly requestId: string | null;
  readonly usage: Usage;
}
