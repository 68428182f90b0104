import type { Analysis, Draft, Intent, Plan, PlanItem } from '../contract/plan.ts';
import type { Redraft } from '../contract/run-request.ts';
import { readBroughtBody } from './answers/read-draft.ts';
import { badRedraft } from './calls/engine-failures.ts';

/** What an earlier attempt of this same run had finished, from its events; none of it is asked or told again. */
export interface Recorded {
  readonly intent?: Intent | undefined;
  readonly plan?: Plan | undefined;
  /** The last draft of each item. */
  readonly drafts?: readonly Draft[];
  readonly analyses?: readonly Analysis[];
}

/** Where a run begins: a redraft, a resumed run and a new one differ in nothing else. */
export interface KnownWork {
  readonly intent: Intent | undefined;
  readonly plan: Plan | undefined;
  /** Items to do; undefined: all new ones of the plan. */
  readonly scope: ReadonlySet<string> | undefined;
  /** Bodies that the user brings, to be analyzed as they are. */
  readonly bodies: ReadonlyMap<string, string>;
  /** What the user wants worked into the bodies that they bring. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Digests that have been analyzed. A rewrite that a crash cut off is not begun again. */
  readonly analyzed: ReadonlySet<string>;
}

export function gatherKnownWork(redraft: Redraft | undefined, recorded: Recorded = {}): KnownWork {
  return {
    intent: redraft?.intent ?? recorded.intent,
    plan: redraft?.plan ?? recorded.plan,
    scope: redraft && new Set(redraft.items.map(({ id }) => id)),
    bodies: new Map(redraft?.items.flatMap(({ id, body }) => (body === undefined ? [] : [[id, body]]))),
    notes: new Map(redraft?.items.flatMap(({ id, notes = [] }) => (notes.length === 0 ? [] : [[id, notes]]))),
    drafts: new Map(recorded.drafts?.map((draft) => [draft.item, draft])),
    analyzed: new Set(recorded.analyses?.map(({ digest }) => digest)),
  };
}

/** A redraft comes from outside, unlike a plan that this engine made; what its schema cannot say is checked here. */
export function redraftProblem(redraft: Redraft): ReturnType<typeof badRedraft> | undefined {
  const { items } = redraft.plan;
  if (new Set(items.map(({ id }) => id)).size < items.length)
    return badRedraft('Two items of the plan have the same id.');
  if (new Set(items.map(({ name }) => name)).size < items.length)
    return badRedraft('Two items of the plan have the same name. Rename one.');
  for (const { id, body, notes = [] } of redraft.items) {
    const item = items.find((candidate) => candidate.id === id);
    if (!item) return badRedraft('An item to redo is not in the plan. Take its id from the plan’s items.');
    if (item.action === 'reuse')
      return badRedraft(`${item.name} is a published skill, so there is nothing to write. Leave it out.`);
    if (item.description.trim() === '')
      return badRedraft(`${item.name} has no description. Say what it does and when to use it.`);
    if (body !== undefined && readBroughtBody(body).body === '')
      return badRedraft(`The text of ${item.name} is empty. Leave the body out to have it written.`);
    if (body === undefined && notes.length > 0)
      return badRedraft(`The notes on ${item.name} need its text to be worked into. Send its body too.`);
  }
  return undefined;
}

export function itemsToWrite(plan: Plan, scope: ReadonlySet<string> | undefined): readonly PlanItem[] {
  return plan.items.filter(({ id, action }) => action === 'create' && (scope?.has(id) ?? true));
}
