import * as z from 'zod/mini';
import { toSite } from '../../../shared/contract/run-limits.ts';
import { type Caps, goal as goalSchema, type RunRequest } from '../../../shared/contract/run-request.ts';
import type { ProviderInfo } from '../../../shared/contract/server-config.ts';
import { chosenModel } from '../../ask/choice.ts';
import { goalHoldsSecret } from '../../ask/goal/goal-secret.ts';
import type { KeyHandle } from '../../ask/key/key-field.tsx';
import { CANNOT_SEAL, canSeal, hintOnKey } from '../../ask/key/seal-key.ts';
import { type CapInput, capsOf } from '../../ask/send/cap.ts';
import { draftsRightAway } from '../../ask/send/right-away.ts';
import type { AskState, Problem } from '../../ask/use-ask.ts';
import { redoRequest, reworkRequest } from '../../run/state/missing.ts';
import type { Rework, RunState } from '../../run/state/run-state.ts';

/** What a press is about: a run of the goal, of what the run before left undone, or of one draft in the user's own words. */
export type PressKind = 'run' | 'redo' | Pick<Rework, 'item' | 'note'>;

interface PressParts {
  readonly kind: PressKind;
  /** The user was asked about a secret in the goal, and sends it. */
  readonly sure: boolean;
  readonly ask: AskState;
  readonly provider: ProviderInfo;
  readonly run: RunState;
  readonly handle: KeyHandle | null;
}

export type CheckedPress =
  | { readonly kind: 'ready'; readonly request: RunRequest }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'doubt' };

/**
 * What can be checked of a press before anything is sent. The key stays in its field: only whether it is there, and what is odd about
 * it, is asked. A chunk of its own, fetched when the form is first used.
 */
export async function checkPress(parts: PressParts): Promise<CheckedPress> {
  const { kind, sure, provider, handle } = parts;
  const request = requestOf(parts);
  if ('field' in request) return { kind: 'problem', problem: request };
  const wrong = await wrongKey(kind, provider, handle);
  if (wrong !== undefined) return { kind: 'problem', problem: { field: 'key', message: wrong } };
  if (!sure && (await goalHoldsSecret(typeof kind === 'string' ? request.goal : kind.note)))
    return { kind: 'doubt' };
  return { kind: 'ready', request };
}

/** Fetches the patterns that a goal is looked through with. */
export function warmSecrets(): void {
  void goalHoldsSecret('');
}

/** What is wrong with the key in the field, which stays there. */
async function wrongKey(
  kind: PressKind,
  provider: ProviderInfo,
  handle: KeyHandle | null,
): Promise<string | undefined> {
  const holdsKey = handle?.holds() === true;
  if (provider.key === 'required' && !holdsKey) {
    if (kind === 'run') return `${provider.name} needs a key. Paste yours.`;
    return `Paste your key again, then ${kind === 'redo' ? 'redo what is missing' : 'rework the draft'}.`;
  }
  if (!handle || !holdsKey || provider.key === 'none') return undefined;
  if (!canSeal()) return CANNOT_SEAL;
  try {
    const { state, message } = await hintOnKey(handle.peek, provider);
    return state === 'bad' ? message : undefined;
  } catch {
    // The chunk did not come: the run needs it too, and says so.
    return undefined;
  }
}

function requestOf({ kind, ask, provider, run }: PressParts): RunRequest | Problem {
  const { goal, choice } = ask;
  // A redo uses the goal of its plan, whatever the field holds by now.
  const checked = z.safeParse(goalSchema, kind === 'run' ? goal : (run.asked?.goal ?? goal));
  if (!checked.success)
    return { field: 'goal', message: checked.error.issues[0]?.message ?? 'The goal cannot be sent.' };
  const model = chosenModel(provider, choice);
  if (model === '') return { field: 'model', message: 'Choose a model, or type its id.' };
  const caps = checkedCaps(ask.cap, provider, model);
  if ('field' in caps) return caps;

  const site = provider.site ? toSite(choice.sites[provider.id] ?? '') : undefined;
  if (provider.site && !new RegExp(provider.site.pattern).test(site ?? '')) {
    return {
      field: 'site',
      message: `${provider.name} needs its ${provider.site.label}: ${provider.site.hint}`,
    };
  }
  const base = {
    goal: checked.data,
    provider: provider.id,
    model,
    ...(site ? { site } : {}),
    ...(ask.takesEffort && choice.effort ? { effort: choice.effort } : {}),
    ...(Object.keys(caps).length > 0 ? { caps } : {}),
  };
  if (kind === 'run') return draftsRightAway() ? base : { ...base, review: true };
  const request = kind === 'redo' ? redoRequest(base, run)?.request : reworkRequest(base, run, kind);
  return request ?? { field: 'goal', message: 'The plan is too long to send back. Plan the goal anew.' };
}

function checkedCaps(cap: CapInput, provider: ProviderInfo, model: string): Caps | Problem {
  const caps = capsOf(cap);
  if (!caps)
    return {
      field: 'cap',
      message:
        cap.unit === 'usd'
          ? 'The cap is an amount up to $1,000, or empty.'
          : 'The cap is a whole number of tokens, or empty.',
    };
  const facts = provider.models.find(({ id }) => id === model);
  const isPriced = facts !== undefined && facts.inputUsd !== null && facts.outputUsd !== null;
  if (caps.costUsd !== undefined && !isPriced)
    return {
      field: 'cap',
      message: 'The price of this model is not known, so that a cap in USD could not be kept.',
      inTokens: true,
    };
  return caps;
}
