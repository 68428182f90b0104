import type { Analysis, Draft, DraftFile, Intent, Plan, PlanItem } from '../contract/plan.ts';
import type { Redraft } from '../contract/run-request.ts';
import { readBroughtBody } from './answers/read-draft.ts';
import { badRedraft } from './calls/engine-failures.ts';

/** What an earlier attempt of this same run had finished, read from its events. It is neither asked for nor told again. */
export interface Recorded {
  readonly intent?: Intent | undefined;
  readonly plan?: Plan | undefined;
  /** The last draft of each item. */
  readonly drafts?: readonly Draft[];
  readonly analyses?: readonly Analysis[];
}

/** What is known when a run begins. New runs, redrafts and resumed runs differ only in this. */
export interface KnownWork {
  readonly intent: Intent | undefined;
  readonly plan: Plan | undefined;
  /** Items to do; undefined: all new ones of the plan. */
  readonly scope: ReadonlySet<string> | undefined;
  /** Bodies that the user brings, to be analyzed as they are. */
  readonly bodies: ReadonlyMap<string, string>;
  /** The files that go with them. */
  readonly files: ReadonlyMap<string, readonly DraftFile[]>;
  /** What the user wants worked into the bodies that they bring. */
  readonly notes: ReadonlyMap<string, readonly string[]>;
  readonly drafts: ReadonlyMap<string, Draft>;
  /** Digests that have been analyzed. A revision that a crash interrupted is not begun again. */
  readonly analyzed: ReadonlySet<string>;
}

/** Joins what the request and the events of an earlier attempt know. Where both know the intent or plan, the request's counts. */
export function gatherKnownWork(redraft: Redraft | undefined, recorded: Recorded = {}): KnownWork {
  return {
    intent: redraft?.intent ?? recorded.intent,
    plan: redraft?.plan ?? recorded.plan,
    scope: redraft && new Set(redraft.items.map(({ id }) => id)),
    bodies: new Map(redraft?.items.flatMap(({ id, body }) => (body === undefined ? [] : [[id, body]]))),
    files: new Map(redraft?.items.map(({ id, files = [] }) => [id, files])),
    notes: new Map(redraft?.items.flatMap(({ id, notes = [] }) => (notes.length === 0 ? [] : [[id, notes]]))),
    drafts: new Map(recorded.drafts?.map((draft) => [draft.item, draft])),
    analyzed: new Set(recorded.analyses?.map(({ digest }) => digest)),
  };
}

/** Checks what the schema of a redraft cannot say. Its plan comes from the client, unlike one that this engine made. */
export function redraftProblem(redraft: Redraft): ReturnType<typeof badRedraft> | undefined {
  const { items } = redraft.plan;
  if (new Set(items.map(({ id }) => id)).size < items.length)
    return badRedraft('Two items of the plan have the same id.');
  if (new Set(items.map(({ name }) => name)).size < items.length)
    return badRedraft('Two items of the plan have the same name. Rename one.');
  for (const { id, body, files = [], notes = [] } of redraft.items) {
    const item = items.find((candidate) => candidate.id === id);
    if (!item) return badRedraft('An item to redo is not in the plan. Take its id from the plan’s items.');
    if (item.action === 'reuse')
      return badRedraft(`${item.name} is a published skill, so there is nothing to write. Leave it out.`);
    if (item.description.trim() === '')
      return badRedraft(`${item.name} has no description. Say what it does and when to use it.`);
    if (body !== undefined && readBroughtBody(body).body === '')
      return badRedraft(`The text of ${item.name} is empty. Leave the body out to have it written.`);
    if (body === undefined && files.length > 0)
      return badRedraft(`The files of ${item.name} belong to its text. Send its body too.`);
    if (hasTwins(files)) return badRedraft(`Two files of ${item.name} have the same path. Rename one.`);
    if (body === undefined && notes.length > 0)
      return badRedraft(`The notes on ${item.name} need its text to be worked into. Send its body too.`);
  }
  return undefined;
}

/** Whether two paths are one file on some systems. */
export function hasTwins(files: readonly { readonly path: string }[]): boolean {
  return new Set(files.map(({ path }) => path.toLowerCase())).size < files.length;
}

/** The new skills of a plan that this run writes. Items that reuse a skill are never among them. */
export function itemsToWrite(plan: Plan, scope: ReadonlySet<string> | undefined): readonly PlanItem[] {
  return plan.items.filter(({ id, action }) => action === 'create' && (scope?.has(id) ?? true));
}
