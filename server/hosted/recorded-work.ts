import type { Recorded } from '../../shared/compose/known-work.ts';
import type { SkillEvals, Trial } from '../../shared/contract/evals.ts';
import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import type { Analysis, Draft } from '../../shared/contract/plan.ts';
import { NO_USAGE, type Usage } from '../../shared/contract/usage.ts';
import type { StoredEvent } from './feed/event-store.ts';

/** What a run that tries skills came to. */
export interface Tried {
  readonly evals: readonly SkillEvals[];
  readonly trials: readonly Trial[];
}

/** What a job's events amount to: what is done, what it cost, and which calls a dead worker left open. No I/O. */
export interface Work {
  /** True when some attempt wrote its first event. */
  readonly begun: boolean;
  readonly recorded: Recorded & { readonly drafts: readonly Draft[]; readonly analyses: readonly Analysis[] };
  /** How skills are tried, and what came of it, by the last that was told of each. */
  readonly tried: Tried;
  readonly usage: Usage;
  readonly openCalls: readonly Extract<ComposeEvent, { event: 'call' }>['data'][];
}

export function workOf(events: readonly { readonly event: ComposeEvent }[]): Work {
  let intent: Recorded['intent'];
  let plan: Recorded['plan'];
  let usage = NO_USAGE;
  const drafts = new Map<string, Draft>();
  const analyses = new Map<string, Analysis>();
  const evals = new Map<string, SkillEvals>();
  const trials = new Map<string, Trial>();
  const open = new Map<string, Work['openCalls'][number]>();
  for (const { event } of events) {
    if (event.event === 'intent') intent = event.data;
    if (event.event === 'plan') plan = event.data;
    if (event.event === 'draft') drafts.set(event.data.item, event.data);
    if (event.event === 'analysis') analyses.set(event.data.item, event.data);
    if (event.event === 'evals') evals.set(event.data.item, event.data);
    if (event.event === 'trial') trials.set(event.data.item, event.data);
    if (event.event === 'usage') usage = event.data;
    if (event.event !== 'call') continue;
    if (event.data.state === 'start') open.set(event.data.call, event.data);
    if (event.data.state === 'done' || event.data.state === 'failed') open.delete(event.data.call);
  }
  // an analysis of a draft that was replaced says nothing about the one that is there
  const current = [...analyses.values()].filter(({ item, digest }) => drafts.get(item)?.digest === digest);
  return {
    begun: events.length > 0,
    recorded: { intent, plan, drafts: [...drafts.values()], analyses: current },
    tried: { evals: [...evals.values()], trials: [...trials.values()] },
    usage,
    openCalls: [...open.values()],
  };
}

/** undefined: it has not ended. What failed says why; what was stopped with its run does not. */
function endOf({
  state,
  error,
}: Extract<ComposeEvent, { event: 'call' }>['data']): HostedRun['calls'][number]['state'] | undefined {
  if (state === 'failed') return error === undefined ? 'cancelled' : 'failed';
  return state === 'done' ? 'done' : undefined;
}

/** When each phase ran and what each call took, for people who look why. */
export function recordOf(
  events: readonly StoredEvent[],
  isRunning: boolean,
): Pick<HostedRun, 'phases' | 'calls'> {
  const phases: {
    phase: HostedRun['phases'][number]['phase'];
    attempt: number;
    startedAt: string;
    endedAt: string | null;
  }[] = [];
  const calls = new Map<string, HostedRun['calls'][number]>();
  const lastAttempt = events.at(-1)?.attempt ?? 0;
  for (const { event, attempt, at } of events) {
    if (event.event === 'phase' && event.data.state === 'start')
      phases.push({ phase: event.data.phase, attempt, startedAt: at.toISOString(), endedAt: null });
    if (event.event === 'phase' && event.data.state === 'done') {
      const begun = phases.findLast((one) => one.phase === event.data.phase && one.attempt === attempt);
      if (begun !== undefined) begun.endedAt = at.toISOString();
    }
    if (event.event !== 'call' || event.data.state === 'waiting') continue;
    const { call, phase, item, ms, usage } = event.data;
    const attemptedCall = `${attempt} ${call}`;
    const startedAt = calls.get(attemptedCall)?.startedAt ?? at.toISOString();
    const open = isRunning && attempt === lastAttempt ? ('running' as const) : ('unknown' as const);
    calls.set(attemptedCall, {
      call,
      phase,
      item: item ?? null,
      attempt,
      state: endOf(event.data) ?? open,
      startedAt,
      ms: ms ?? null,
      usage: usage ?? null,
    });
  }
  return { phases, calls: [...calls.values()] };
}
