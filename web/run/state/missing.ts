import { MAX_BODY_BYTES } from '../../../shared/contract/run-limits.ts';
import type { Redraft, RunRequest } from '../../../shared/contract/run-request.ts';
import type { Rework, RunState } from './run-state.ts';

/** An item of a plan that is not whole yet. */
export interface Missing {
  readonly id: string;
  readonly name: string;
  /** `draft`: nothing is written. `analysis`: it is written, the critic has not read it. */
  readonly what: 'draft' | 'analysis';
}

/** What a run that ended left undone; empty when there is no plan to go on with. */
export function missingOf(state: RunState): readonly Missing[] {
  const created = state.plan?.items.filter(({ action }) => action === 'create') ?? [];
  return created.flatMap(({ id, name }): Missing[] => {
    const { draft, analysis } = state.drafts[id] ?? {};
    if (!draft) return [{ id, name, what: 'draft' }];
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
      .filter(({ what }) => what === 'analysis')
      .map(({ id }) => [id, state.drafts[id]?.draft?.body ?? '']),
  );
  const rewritten: string[] = [];
  const build = (): RunRequest => {
    const items = missing.map(({ id }): Redraft['items'][number] => {
      const body = bodies.get(id);
      return body === undefined ? { id } : { id, body };
    });
    return { ...base, redraft: { intent, plan, items } };
  };
  for (;;) {
    const request = build();
    if (bytesOf(request) <= MAX_BODY_BYTES) return { request, rewritten };
    const [longest] = [...bodies].sort(([, a], [, b]) => b.length - a.length);
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
  const body = drafts[item]?.draft?.body;
  if (!intent || !plan || body === undefined) return undefined;
  const request = { ...base, redraft: { intent, plan, items: [{ id: item, body, notes: [note] }] } };
  return bytesOf(request) <= MAX_BODY_BYTES ? request : undefined;
}

function bytesOf(request: RunRequest): number {
  return new TextEncoder().encode(JSON.stringify(request)).length;
}
