import type { TrialRequest } from '../../../shared/contract/evals.ts';
import { MAX_BODY_BYTES } from '../../../shared/contract/run-limits.ts';
import type { RunRequest } from '../../../shared/contract/run-request.ts';
import type { RunState } from './run-state.ts';

/** The drafts of these items, to be tried among the others of their plan; undefined: none of them is written. */
export function trialOf(
  { plan, drafts, evals }: Pick<RunState, 'plan' | 'drafts' | 'evals'>,
  tried: readonly string[],
): TrialRequest | undefined {
  const items = (plan?.items ?? []).flatMap(({ id }) => {
    const draft = tried.includes(id) ? drafts[id]?.draft : undefined;
    if (!draft) return [];
    const { manifest, body, files, digest } = draft;
    const { name, description } = manifest;
    const known = evals?.[id];
    return [{ id, name, description, body, digest, ...(files && { files }), ...(known && { evals: known }) }];
  });
  if (items.length === 0) return undefined;
  const others = (plan?.items ?? [])
    .filter(({ id }) => items.every((item) => item.id !== id))
    .map(({ name, description }) => ({ name, description }))
    .filter(({ description }) => description !== '');
  return { items, others };
}

/** "Try" as a request; undefined when there is nothing to try, or it is too long for a body. */
export function tryRequest(
  base: Omit<RunRequest, 'trial'>,
  state: RunState,
  tried: readonly string[],
): RunRequest | undefined {
  const trial = trialOf(state, tried);
  const request = trial && { ...base, trial };
  return request && new TextEncoder().encode(JSON.stringify(request)).length <= MAX_BODY_BYTES
    ? request
    : undefined;
}

/** Whether a call of a run tries a skill: what it is tried with, the model's choices, the task, or the judgement of its answer. */
export function isTryCall(call: string): boolean {
  return /^(?:evals|choice|task|judge)-/.test(call);
}
