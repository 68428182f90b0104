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
import { tryRequest } from '../../run/state/try-request.ts';

/**
 * What a press is about: a run of the goal, of what the run before left undone, of one draft in the user's own words, or drafts that are
 * tried.
 */
export type PressKind =
  | 'run'
  | 'redo'
  | Pick<Rework, 'item' | 'note'>
  | { readonly tried: readonly string[] };

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
  | {
      readonly kind: 'ready';
      readonly request: RunRequest;
      /** The one draft that it is about, with what the user said. */
      readonly rework: Pick<Rework, 'item' | 'note'> | undefined;
    }
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
  if (!sure && (await goalHoldsSecret(textOf(kind, request)))) return { kind: 'doubt' };
  const rework = typeof kind === 'object' && 'note' in kind ? kind : undefined;
  return { kind: 'ready', request, rework };
}

/** What the user typed of what is sent. */
function textOf(kind: PressKind, { goal, trial }: RunRequest): string {
  if (typeof kind === 'string') return goal;
  return 'note' in kind ? kind.note : JSON.stringify(trial?.items.map(({ evals }) => evals ?? null));
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
    if (kind === 'redo') return 'Paste your key again, then redo what is missing.';
    return `Paste your key again, then ${'note' in kind ? 'rework the draft' : 'try it'}.`;
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
  const request = laterRequest(kind, base, run);
  return request ?? { field: 'goal', message: 'The plan is too long to send back. Plan the goal anew.' };
}

/** What goes on with a plan that is there. */
function laterRequest(
  kind: Exclude<PressKind, 'run'>,
  base: RunRequest,
  run: RunState,
): RunRequest | undefined {
  if (kind === 'redo') return redoRequest(base, run)?.request;
  return 'note' in kind ? reworkRequest(base, run, kind) : tryRequest(base, run, kind.tried);
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
