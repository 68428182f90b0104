import type { Transaction } from 'kysely';
import type { ForPlan } from '../../shared/contract/hosted.ts';
import type { EditPlan, SavedPlan, SavePlan } from '../../shared/contract/saved-plan.ts';
import { addUsage } from '../../shared/contract/usage.ts';
import { editPlan, type PlanOwner, readPlan, savePlan } from '../plans/plan-store.ts';
import type { Database } from '../storage/database.ts';

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
