import type { Draft } from '../../../shared/contract/plan.ts';
import { MAX_BODY_BYTES } from '../../../shared/contract/run-limits.ts';
import type { Redraft, RunRequest } from '../../../shared/contract/run-request.ts';
import type { Rework, RunState } from './run-state.ts';

/** An item of a plan that is not whole yet. */
export interface Missing {
  readonly id: string;
  readonly name: string;
  /**
   * `draft`: nothing is written. `files`: what lies beside its SKILL.md is not all there. `analysis`: it is written, the critic has not read
   * it.
   */
  readonly what: 'draft' | 'files' | 'analysis';
}

/** What a run that ended left undone; empty when there is no plan to go on with. */
export function missingOf(state: RunState): readonly Missing[] {
  const created = state.plan?.items.filter(({ action }) => action === 'create') ?? [];
  return created.flatMap(({ id, name, files: planned = [] }): Missing[] => {
    const { draft, analysis } = state.drafts[id] ?? {};
    if (!draft) return [{ id, name, what: 'draft' }];
    const had = new Set(draft.files?.map(({ path }) => path.toLowerCase()));
    if (planned.some(({ path }) => !had.has(path.toLowerCase()))) return [{ id, name, what: 'files' }];
    if (!analysis || analysis.digest !== draft.digest || analysis.scores === null)
      return [{ id, name, what: 'analysis' }];
    return [];
  });
}

/** A request that goes on with a plan, and what it could not bring along. */
export interface Redo {
  readonly request: RunRequest;
  /** Drafts that are done but too long to send back, so that they will be written again. */
  readonly rewritten: readonly string[];
}

/** "Redo what is missing" as a request; undefined when the plan and the goal alone are over the limit of a body. */
export function redoRequest(base: Omit<RunRequest, 'redraft'>, state: RunState): Redo | undefined {
  const { intent, plan } = state;
  const missing = missingOf(state);
  if (!intent || !plan || missing.length === 0) return undefined;

  const bodies = new Map(
    missing
      .filter(({ what }) => what !== 'draft')
      .map(({ id }) => [id, broughtText(state.drafts[id]?.draft)]),
  );
  const rewritten: string[] = [];
  const build = (): RunRequest => {
    const items = missing.map(({ id }): Redraft['items'][number] => {
      return { id, ...bodies.get(id) };
    });
    return { ...base, redraft: { intent, plan, items } };
  };
  for (;;) {
    const request = build();
    if (bytesOf(request) <= MAX_BODY_BYTES) return { request, rewritten };
    const [longest] = [...bodies].sort(([, a], [, b]) => charsOf(b) - charsOf(a));
    if (!longest) return undefined;
    bodies.delete(longest[0]);
    rewritten.push(longest[0]);
  }
}

/** One draft with the user's own words to it; undefined when there is none, or it is too long to be sent back. */
export function reworkRequest(
  base: Omit<RunRequest, 'redraft'>,
  { intent, plan, drafts }: RunState,
  { item, note }: Pick<Rework, 'item' | 'note'>,
): RunRequest | undefined {
  const draft = drafts[item]?.draft;
  if (!intent || !plan || !draft) return undefined;
  const items = [{ id: item, ...broughtText(draft), notes: [note] }];
  const request = { ...base, redraft: { intent, plan, items } };
  return bytesOf(request) <= MAX_BODY_BYTES ? request : undefined;
}

type Brought = Pick<Redraft['items'][number], 'body' | 'files'>;

/** A draft's texts as a redraft sends them back. */
export function broughtText(draft: Draft | undefined): Brought {
  return { body: draft?.body ?? '', ...(draft?.files && { files: draft.files }) };
}

function charsOf({ body = '', files = [] }: Brought): number {
  return files.reduce((sum, { content }) => sum + content.length, body.length);
}

function bytesOf(request: RunRequest): number {
  return new TextEncoder().encode(JSON.stringify(request)).length;
}
