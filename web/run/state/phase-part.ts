import { USUAL_OUTPUT } from '../../../shared/compose/estimate.ts';
import type { PhaseName } from '../../../shared/contract/phase.ts';
import { isOn, type RunState } from './run-state.ts';

/** A call that goes on is never shown as done, however much it has written. */
const MOST = 0.95;

/**
 * How far a phase is, 0 to 1: what is done of it, and of the calls that go on what they have written, thoughts included, against what such
 * a call usually writes. Moves about every hundred tokens.
 */
export function phasePart(run: RunState, phase: PhaseName): number {
  const progress = run.phases[phase];
  if (progress.state === 'done') return 1;
  if (!isOn(progress)) return 0;
  const open = openCalls(run, phase) * writtenPart(run);
  const { done, of } = progress;
  return of > 0 ? Math.min(1, (done + Math.min(open, of - done)) / of) : Math.min(open, MOST);
}

/** How many drafts are being written just now. */
export function writingNow({ drafts }: RunState): number {
  return Object.values(drafts).filter(({ writing }) => writing !== undefined).length;
}

function openCalls({ calls }: RunState, phase: PhaseName): number {
  return calls.filter((call) => call.phase === phase && call.state === 'start').length;
}

/** The run's total counts all calls; those that are over have told their share of it. */
function writtenPart({ calls, usage }: RunState): number {
  const open = calls.filter(({ state }) => state === 'start');
  const usual = open.reduce((sum, { phase }) => sum + USUAL_OUTPUT[phase], 0);
  if (usual === 0) return 0;
  const told = calls.reduce((sum, call) => sum + (call.usage?.outputTokens ?? 0), 0);
  const thought = open.reduce((sum, { thinkingTokens = 0 }) => sum + thinkingTokens, 0);
  const written = Math.max(0, (usage?.outputTokens ?? 0) - told) + thought;
  return Math.min(MOST, written / usual);
}
