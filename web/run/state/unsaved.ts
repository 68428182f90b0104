import type { RunState } from './run-state.ts';

/** A run has something to show as soon as it has understood the goal: from then on somebody has paid for it. */
export function holdsResult({ status, intent, plan }: RunState): boolean {
  return status !== 'idle' && (intent ?? plan) !== undefined;
}

/** A result that no account has. */
export function holdsUnsaved(run: RunState): boolean {
  const { plan, saved, id } = run;
  return holdsResult(run) && plan !== undefined && (saved === undefined || saved.run !== id);
}
