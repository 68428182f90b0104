import { type RefObject, useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import * as z from 'zod/mini';
import { goal as goalSchema, type RunRequest, toSite } from '../../shared/contract/run-request.ts';
import type { ProviderInfo } from '../../shared/contract/server-config.ts';
import { CANNOT_SEAL, canSeal } from '../ask/can-seal.ts';
import { CAP_ID, capsOf } from '../ask/cap-field.tsx';
import { chosenModel, providerHost } from '../ask/choice.ts';
import { GOAL_ID } from '../ask/goal-field.tsx';
import { goalHoldsSecret } from '../ask/goal-secret.ts';
import type { KeyHandle } from '../ask/key-field.tsx';
import { KEY_ID, PROVIDER_ID } from '../ask/key-panel.tsx';
import { MODEL_ID } from '../ask/model-field.tsx';
import type { Problem } from '../ask/problem.ts';
import { draftsRightAway } from '../ask/right-away.ts';
import { hintOnKey } from '../ask/seal-key.ts';
import { SITE_ID } from '../ask/site-field.tsx';
import type { AskState } from '../ask/use-ask.ts';
import { redoRequest, reworkRequest } from '../run/state/missing.ts';
import { isBusy, type Rework } from '../run/state/run-state.ts';
import type { Compose } from './open-compose.ts';

/** What a press is about: a run of the goal, of what the run before left undone, or of one draft in the user's own words. */
export type PressKind = 'run' | 'redo' | Pick<Rework, 'item' | 'note'>;

export const FIELD_IDS: Record<Problem['field'], string> = {
  goal: GOAL_ID,
  key: KEY_ID,
  model: MODEL_ID,
  site: SITE_ID,
  cap: CAP_ID,
  provider: PROVIDER_ID,
};

export interface Submit {
  readonly press: (kind: PressKind) => void;
  readonly problem: Problem | undefined;
  readonly clearProblem: () => void;
  /** The goal seems to hold a secret: the press waits for the user's word. */
  readonly doubt: PressKind | undefined;
  readonly answerDoubt: (send: boolean) => void;
}

/** From a press to a run: checks what can be checked here, then hands over. The key is read by the session, at the last moment. */
export function useSubmit(compose: Compose, ask: AskState, handle: RefObject<KeyHandle | null>): Submit {
  const [problem, setProblem] = useState<Problem>();
  const [doubt, setDoubt] = useState<PressKind>();
  const pressing = useRef(false);
  const { store, session } = compose;

  const tell = useCallback((next: Problem) => {
    setProblem(next);
    document.getElementById(FIELD_IDS[next.field])?.focus();
  }, []);

  const press = useCallback(
    async (kind: PressKind, sure: boolean): Promise<void> => {
      if (pressing.current || isBusy(store.get().status)) return;
      // What was reworked waits for the user's word, and the text from before with it.
      if (kind !== 'run' && store.get().rework) return;
      const { provider } = ask;
      if (!provider) return;
      const checked = requestOf(kind, ask, provider, compose);
      if ('field' in checked) return tell(checked);
      const holdsKey = handle.current?.holds() === true;
      if (provider.key === 'required' && !holdsKey) {
        return tell({
          field: 'key',
          message:
            kind === 'run'
              ? `${provider.name} needs a key. Paste yours.`
              : `Paste your key again, then ${kind === 'redo' ? 'redo what is missing' : 'rework the draft'}.`,
        });
      }
      if (holdsKey && provider.key !== 'none' && !canSeal())
        return tell({ field: 'key', message: CANNOT_SEAL });
      setProblem(undefined);
      pressing.current = true;
      try {
        const wrong = holdsKey ? await wrongKey(handle.current, provider) : undefined;
        if (wrong !== undefined) return tell({ field: 'key', message: wrong });
        if (!sure && (await goalHoldsSecret(typeof kind === 'string' ? checked.goal : kind.note)))
          return setDoubt(kind);
      } finally {
        pressing.current = false;
      }
      const take = provider.key === 'none' || !holdsKey ? undefined : () => handle.current?.take() ?? '';
      await session.start({
        request: checked,
        provider,
        host: providerHost(provider, checked.site ?? ''),
        take,
        keep: kind !== 'run',
        rework: typeof kind === 'string' ? undefined : kind,
      });
    },
    [ask, compose, handle, session, store, tell],
  );

  return {
    press: useCallback((kind) => void press(kind, false), [press]),
    problem,
    clearProblem: useCallback(() => setProblem(undefined), []),
    doubt,
    answerDoubt: useCallback(
      (send) => {
        // At once: the dialog gives the focus back to the button when it goes, and Enter there would send the goal after all.
        flushSync(() => setDoubt(undefined));
        if (send && doubt) void press(doubt, true);
        else document.getElementById(GOAL_ID)?.focus();
      },
      [doubt, press],
    ),
  };
}

/** What is wrong with the key in the field, which stays there. */
async function wrongKey(handle: KeyHandle | null, provider: ProviderInfo): Promise<string | undefined> {
  if (!handle || provider.key === 'none') return undefined;
  try {
    const { state, message } = await hintOnKey(handle.peek, provider);
    return state === 'bad' ? message : undefined;
  } catch {
    // The chunk did not come: the run needs it too, and says so.
    return undefined;
  }
}

function requestOf(
  kind: PressKind,
  { goal, choice, cap }: AskState,
  provider: ProviderInfo,
  { store }: Compose,
): RunRequest | Problem {
  const run = store.get();
  // A redo goes on with the goal of its plan, whatever the field says by now.
  const checked = z.safeParse(goalSchema, kind === 'run' ? goal : (run.asked?.goal ?? goal));
  if (!checked.success)
    return { field: 'goal', message: checked.error.issues[0]?.message ?? 'The goal cannot be sent.' };
  const model = chosenModel(provider, choice);
  if (model === '') return { field: 'model', message: 'Choose a model, or type its id.' };
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
    ...(Object.keys(caps).length > 0 ? { caps } : {}),
  };
  if (kind === 'run') return draftsRightAway() ? base : { ...base, review: true };
  const request = kind === 'redo' ? redoRequest(base, run)?.request : reworkRequest(base, run, kind);
  return request ?? { field: 'goal', message: 'The plan is too long to send back. Plan the goal anew.' };
}
