import type { PhaseName } from '../contract/phase.ts';
import type { RunRequest } from '../contract/run-request.ts';
import type { Vendor } from './vendor.ts';

/** What every model that can be told takes; those between differ from model to model. */
export type EffortLevel = 'low' | 'high';

/**
 * How long a model is asked to think in a phase; undefined: as its vendor has it. Sorting a goal takes little, a plan and a draft are what
 * thinking is for.
 */
export function effortOf(
  vendor: Vendor,
  model: string,
  phase: PhaseName,
  wish: RunRequest['effort'],
): EffortLevel | undefined {
  if (!vendor.effort?.model.test(model)) return undefined;
  if (phase === 'classifying' || wish === 'faster') return 'low';
  return wish === 'better' && phase !== 'analyzing' ? 'high' : undefined;
}
