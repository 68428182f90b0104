import { useMemo } from 'react';
import { estimateTrial } from '../../../shared/compose/trials/estimate-trial.ts';
import { chosenModel } from '../../ask/choice.ts';
import type { AskState } from '../../ask/use-ask.ts';
import type { TryTools } from '../../run/draft/try/try-tools.ts';
import { applyEvent } from '../../run/state/apply-event.ts';
import { isBusy, type RunState } from '../../run/state/run-state.ts';
import type { RunStore } from '../../run/state/run-store.ts';
import { isTryCall, trialOf } from '../../run/state/try-request.ts';
import type { PressKind } from '../submit/check-press.ts';

const NONE = {};

/** Tries drafts of this tab's run on what is chosen in the form. */
export function useRunTries(
  run: RunState,
  store: RunStore,
  { provider, choice }: Pick<AskState, 'provider' | 'choice'>,
  press: (kind: PressKind) => void,
): TryTools {
  const { evals = NONE, trials = NONE, plan, drafts, status, asked, calls, usage } = run;
  const busy = isBusy(status);
  return useMemo(() => {
    const model = provider?.models.find(({ id }) => id === chosenModel(provider, choice));
    const { inputUsd = null, outputUsd = null } = model ?? {};
    const free = provider?.key === 'none';
    const prices = free ? { inputUsd: 0, outputUsd: 0 } : { inputUsd, outputUsd };
    const items = (plan?.items ?? []).flatMap(({ id }) => (drafts[id]?.draft ? [id] : []));
    const tried = calls.some(({ call }) => isTryCall(call));
    return {
      ...{ evals, trials, busy, items },
      used: tried ? usage : undefined,
      estimate(wanted) {
        const trial = trialOf({ plan, drafts, evals }, wanted);
        return trial && estimateTrial(asked?.goal ?? '', trial, prices);
      },
      start: (wanted) => press({ tried: wanted }),
      change(next) {
        // An edit that changes no draft: there is something new to be saved.
        store.edit(next.item, {});
        store.apply({ event: 'evals', data: next }, applyEvent);
      },
    };
  }, [evals, trials, busy, plan, drafts, calls, usage, asked, provider, choice, press, store]);
}
