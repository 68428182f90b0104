import type { RunState } from './state/run-state.ts';

/** `1 reused · 4 new · nothing uncovered`; empty without a plan. */
export function planInWords({ plan }: RunState): string {
  if (!plan) return '';
  const reused = plan.items.filter(({ action }) => action === 'reuse').length;
  const uncovered = plan.uncovered.length;
  return [
    `${reused} reused`,
    `${plan.items.length - reused} new`,
    uncovered === 0 ? 'nothing uncovered' : `${uncovered} not covered`,
  ].join(' · ');
}
