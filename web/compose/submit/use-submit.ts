import { type RefObject, useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { providerHost } from '../../ask/choice.ts';
import { GOAL_ID } from '../../ask/goal/goal-field.tsx';
import type { KeyHandle } from '../../ask/key/key-field.tsx';
import { KEY_ID } from '../../ask/key/key-row.tsx';
import { PROVIDER_ID } from '../../ask/key/provider-fields.tsx';
import { MODEL_ID } from '../../ask/model/model-words.ts';
import { CAP_ID } from '../../ask/send/cap-field.tsx';
import type { AskState, Problem } from '../../ask/use-ask.ts';
import { loadChunk } from '../../chunks/load-chunk.ts';
import { failureOf } from '../../http/call.ts';
import { isBusy } from '../../run/state/run-state.ts';
import type { Compose } from '../session/open-compose.ts';
import type { CheckedPress, PressKind } from './check-press.ts';

const FIELD_IDS: Record<Problem['field'], string> = {
  goal: GOAL_ID,
  key: KEY_ID,
  model: MODEL_ID,
  site: 'site',
  cap: CAP_ID,
  provider: PROVIDER_ID,
};

/** Puts the focus into the first of these fields that is on the page. */
export function focusField(...fields: readonly Problem['field'][]): void {
  const found = fields.map((field) => document.getElementById(FIELD_IDS[field]));
  found.find((element) => element !== null)?.focus();
}

export interface Submit {
  readonly press: (kind: PressKind) => void;
  readonly problem: Problem | undefined;
  readonly clearProblem: () => void;
  /** The goal seems to hold a secret: the press waits for the user's word. */
  readonly doubt: PressKind | undefined;
  readonly answerDoubt: (send: boolean) => void;
}

const loadChecks = () => loadChunk(() => import('./check-press.ts'));

/** So that a press waits for nothing. */
export function warmChecks(): void {
  loadChecks()
    .then(({ warmSecrets }) => warmSecrets())
    .catch(() => {});
}

/** From a press to a run: checks what can be checked here, then hands over. The key is read by the session, at the last moment. */
export function useSubmit(compose: Compose, ask: AskState, handle: RefObject<KeyHandle | null>): Submit {
  const [problem, setProblem] = useState<Problem>();
  const [doubt, setDoubt] = useState<PressKind>();
  const pressing = useRef(false);
  const { store, session } = compose;

  const press = useCallback(
    async (kind: PressKind, sure: boolean): Promise<void> => {
      if (pressing.current || isBusy(store.get().status)) return;
      // What was reworked waits for the user's word, and the text from before with it.
      if (kind !== 'run' && store.get().rework) return;
      const { provider } = ask;
      if (!provider) return;
      setProblem(undefined);
      pressing.current = true;
      const checked = await loadChecks()
        .then(({ checkPress }) =>
          checkPress({ kind, sure, ask, provider, run: store.get(), handle: handle.current }),
        )
        .catch((error: unknown) => notChecked(error))
        .finally(() => {
          pressing.current = false;
        });
      if (checked.kind === 'doubt') return setDoubt(kind);
      if (checked.kind === 'problem') {
        setProblem(checked.problem);
        focusField(checked.problem.field);
        return;
      }
      const { request, rework } = checked;
      const sendsKey = provider.key !== 'none' && handle.current?.holds() === true;
      await session.start({
        request,
        provider,
        host: providerHost(provider, request.site ?? ''),
        take: sendsKey ? () => handle.current?.take() ?? '' : undefined,
        keep: kind !== 'run',
        rework,
      });
    },
    [ask, handle, session, store],
  );

  return {
    press: useCallback((kind) => void press(kind, false), [press]),
    problem,
    clearProblem: useCallback(() => setProblem(undefined), []),
    doubt,
    answerDoubt: useCallback(
      (send) => {
        // Immediately: when the dialog closes it gives the focus back to the button, where Enter would send the goal after all.
        flushSync(() => setDoubt(undefined));
        if (send && doubt) void press(doubt, true);
        else focusField('goal');
      },
      [doubt, press],
    ),
  };
}

/** The chunk with the checks could not be loaded: nothing was sent, and goal and key are unchanged. */
function notChecked(error: unknown): CheckedPress {
  return { kind: 'problem', problem: { field: 'provider', message: failureOf(error).message } };
}
