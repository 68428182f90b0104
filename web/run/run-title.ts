import type { RunState } from './state/run-state.ts';

/** What a run is called: by its plan, before that by what it was asked. */
export function titleOf({ plan, intent, asked }: RunState): string {
  return plan?.title ?? intent?.summary ?? asked?.goal.trim().split('\n')[0]?.slice(0, 120) ?? '';
}
