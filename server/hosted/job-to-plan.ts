import type { Origin, RunOutcome, SavePlan } from '../../shared/contract/saved-plan.ts';
import type { Usage } from '../../shared/contract/usage.ts';
import type { JobRequest } from './job-rows.ts';
import type { Work } from './recorded-work.ts';

export interface EndedJob {
  readonly request: JobRequest;
  readonly work: Work;
  readonly usage: Usage;
  readonly outcome: RunOutcome;
  readonly origin: Origin;
}

/** The plan that a hosted run ends as; undefined when it did not get as far as a plan. */
export function jobToPlan({ request, work, usage, outcome, origin }: EndedJob): SavePlan | undefined {
  const { recorded } = work;
  const { drafts, analyses } = recorded;
  // a redraft that ends before it began has told neither
  const intent = recorded.intent ?? request.redraft?.intent;
  const plan = recorded.plan ?? request.redraft?.plan;
  if (plan === undefined && drafts.length === 0) return undefined;
  const saved = {
    goal: request.goal,
    intent: intent ?? null,
    plan: plan ?? null,
    drafts: [...drafts],
    analyses: [...analyses],
    usage,
    outcome,
    origin,
  };
  // as: the same shape, with other text
  return storable(saved) as SavePlan;
}

/** PostgreSQL's jsonb has neither NUL nor half a character; a model may write both. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', ''), 'utf8').toString('utf8');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storable(name), storable(one)]));
}
