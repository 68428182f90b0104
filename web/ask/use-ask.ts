import { useCallback, useMemo, useState } from 'react';
import { estimateRun, type RunEstimate } from '../../shared/compose/estimate.ts';
import type { ProviderInfo, ServerConfig } from '../../shared/contract/server-config.ts';
import { type Choice, chosenModel, chosenProvider, readChoice, rememberChoice } from './choice.ts';
import { type CapInput, presetCap } from './send/cap.ts';

const STORAGE_NAME = 'oneturn.goal';

/** The form's state. `provider` is undefined until the configuration is there. */
export interface AskState {
  readonly goal: string;
  readonly setGoal: (goal: string) => void;
  readonly choice: Choice;
  readonly setChoice: (choice: Choice) => void;
  readonly estimate: RunEstimate;
  readonly cap: CapInput;
  /** The cap is the user's own and follows the estimate no more. */
  readonly isOwnCap: boolean;
  readonly setCap: (cap: CapInput) => void;
  readonly setCapUnit: (unit: CapInput['unit']) => void;
  readonly provider: ProviderInfo | undefined;
  /** The chosen model can be told how long to think. */
  readonly takesEffort: boolean;
}

/** Why a press went nowhere, with the field that it is about. Told at that field; goal and key stay. */
export interface Problem {
  readonly field: 'goal' | 'key' | 'model' | 'site' | 'cap' | 'provider';
  readonly message: string;
  /** A cap in USD that cannot be kept: one in tokens can. */
  readonly inTokens?: boolean;
}

/** What the form holds beside the key. The goal stays in this tab, the choice of provider and model in this browser. */
export function useAsk(config: ServerConfig | undefined): AskState {
  const [goal, setGoalState] = useState(readGoal);
  const [choice, setChoiceState] = useState(() => readChoice(localStorage));
  const [ownCap, setCap] = useState<CapInput>();

  const setGoal = useCallback((next: string) => {
    setGoalState(next);
    rememberGoal(next);
  }, []);
  const setChoice = useCallback((next: Choice) => {
    setChoiceState(next);
    rememberChoice(localStorage, next);
  }, []);

  const provider = config && chosenProvider(config, choice);
  const model = provider?.models.find(({ id }) => id === chosenModel(provider, choice));
  const { inputUsd = null, outputUsd = null } = model ?? {};
  const estimate = useMemo(
    () => estimateRun(goal.length, { inputUsd, outputUsd }),
    [goal.length, inputUsd, outputUsd],
  );
  const cap = useMemo(() => ownCap ?? presetCap(estimate), [ownCap, estimate]);
  const setCapUnit = (unit: CapInput['unit']): void =>
    setCap(ownCap?.text && unit !== 'none' ? { ...ownCap, unit } : presetCap(estimate, unit));

  return {
    goal,
    setGoal,
    choice,
    setChoice,
    estimate,
    cap,
    isOwnCap: ownCap !== undefined,
    setCap,
    setCapUnit,
    provider,
    takesEffort:
      provider?.effort !== undefined && new RegExp(provider.effort).test(chosenModel(provider, choice)),
  };
}

/** Keeps the goal for this tab, so that a reload does not lose it. */
export function rememberGoal(goal: string): void {
  try {
    sessionStorage.setItem(STORAGE_NAME, goal);
  } catch {
    // Storage is off: the goal lasts as long as the page.
  }
}

function readGoal(): string {
  try {
    return sessionStorage.getItem(STORAGE_NAME) ?? '';
  } catch {
    return '';
  }
}
