import type { RunRequest } from '../contract/run-request.ts';
import type { EstimateUsd } from './calls/ledger.ts';
import type { Recorded } from './known-work.ts';

export type ComposeInput = Pick<RunRequest, 'goal' | 'caps' | 'redraft'>;

export interface ComposeOptions {
  /** Ends the run: running calls are stopped, and the last event is `cancelled`. */
  readonly signal: AbortSignal;
  /** A draft is written once more when the critic gives one of its four scores below this; 6 unless told. */
  readonly redraftBelow?: number;
  readonly estimateUsd: EstimateUsd;
  /** How many drafts are written at once; 4 unless told. */
  readonly parallelDrafts?: number;
  /** Goes into the front matter of every draft. */
  readonly license?: string;
  /** What an earlier attempt of this run had finished before its process died. */
  readonly recorded?: Recorded;
}
