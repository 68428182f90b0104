import type { Transaction } from 'kysely';
import type { ForPlan } from '../../shared/contract/hosted.ts';
import type { Draft, Plan } from '../../shared/contract/plan.ts';
import type { EditPlan, Origin, RunOutcome, SavedPlan, SavePlan } from '../../shared/contract/saved-plan.ts';
import { addUsage, type Usage } from '../../shared/contract/usage.ts';
import { editPlan, type PlanOwner, readPlan, savePlan } from '../plans/plan-store.ts';
import type { Database } from '../storage/database.ts';
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
    drafts: inOrder(drafts, plan),
    analyses: [...analyses],
    usage,
    outcome,
    origin,
  };
  // as: the same shape, with other text
  return storable(saved) as SavePlan;
}

/** As the plan has them: they are recorded as they come, which is another order each time. */
function inOrder(drafts: readonly Draft[], plan: Plan | undefined): Draft[] {
  const places = new Map(plan?.items.map(({ id }, place) => [id, place]));
  return drafts.toSorted(
    (one, other) => (places.get(one.item) ?? places.size) - (places.get(other.item) ?? places.size),
  );
}

/** PostgreSQL's jsonb has neither NUL nor half a character; a model may write both. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', ''), 'utf8').toString('utf8');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [storable(name), storable(one)]));
}

interface KeptPlan {
  readonly job: string;
  readonly owner: PlanOwner;
  /** What the job came to. */
  readonly plan: SavePlan;
  readonly forPlan: ForPlan | undefined;
}

/**
 * Keeps what a job came to, and says in which plan. A redraft goes into the plan that it was made from, unless somebody changed or deleted
 * that one meanwhile: then it is a plan of its own, so that neither is lost. What is only offered changes no plan. Undefined: there is no
 * plan for it.
 */
export async function keepPlan(
  trx: Transaction<Database>,
  { job, owner, plan, forPlan }: KeptPlan,
): Promise<string | undefined> {
  const base = forPlan && (await readPlan(trx, owner, forPlan.id));
  if (forPlan?.result === 'offered') return base?.id;

  if (base && base.rev === forPlan?.rev) {
    const edited = await editPlan(trx, owner, { id: base.id, rev: base.rev, changes: over(base, plan) });
    if (edited.kind === 'edited') return edited.plan.id;
  }
  const whole = base ? { ...plan, ...draftsOver(base, plan) } : plan;
  const saved = await savePlan(trx, owner, whole, { value: `job:${job}`, digest: Buffer.from(job) });
  return saved.kind === 'saved' ? saved.plan.id : undefined;
}

function over(base: SavedPlan, made: SavePlan): EditPlan {
  const { intent, plan, usage, outcome } = made;
  return { intent, plan, usage: addUsage(base.usage, usage), outcome, ...draftsOver(base, made) };
}

/** What was not drafted again stays, as long as the plan still has it. An analysis counts for the very text that it judged. */
function draftsOver(base: SavedPlan, made: SavePlan): Pick<SavePlan, 'drafts' | 'analyses'> {
  const byItem = new Map([...base.drafts, ...made.drafts].map((draft) => [draft.item, draft]));
  const drafts = made.plan?.items.flatMap(({ id }) => byItem.get(id) ?? []) ?? [...byItem.values()];
  const analyses = [...base.analyses, ...made.analyses].filter(({ item, digest }) =>
    drafts.some((draft) => draft.item === item && draft.digest === digest),
  );
  return { drafts, analyses: [...new Map(analyses.map((one) => [one.item, one])).values()] };
}
