import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import type { Usage } from '../../shared/contract/usage.ts';

/** What a run came to, as far as it is judged. */
export interface EvalRun {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly analyses: ReadonlyMap<string, Analysis>;
  /** `done`, or the reason of the failure. */
  readonly end: string;
  readonly usage: Usage;
  readonly calls: readonly string[];
}
