import { useCallback, useState } from 'react';
import type { ProviderInfo, ServerConfig } from '../../shared/contract/server-config.ts';
import { type CapInput, NO_CAP } from './cap-field.tsx';
import { type Choice, chosenProvider, readChoice, rememberChoice } from './choice.ts';

const STORAGE_NAME = 'oneturn.goal';

export interface AskState {
  readonly goal: string;
  readonly setGoal: (goal: string) => void;
  readonly choice: Choice;
  readonly setChoice: (choice: Choice) => void;
  readonly cap: CapInput;
  readonly setCap: (cap: CapInput) => void;
  readonly provider: ProviderInfo | undefined;
}

/** What the form holds beside the key. The goal stays in this tab, the choice of provider and model in this browser. */
export function useAsk(config: ServerConfig | undefined): AskState {
  const [goal, setGoalState] = useState(readGoal);
  const [choice, setChoiceState] = useState(() => readChoice(localStorage));
  const [cap, setCap] = useState(NO_CAP);

  const setGoal = useCallback((next: string) => {
    setGoalState(next);
    rememberGoal(next);
  }, []);
  const setChoice = useCallback((next: Choice) => {
    setChoiceState(next);
    rememberChoice(localStorage, next);
  }, []);

  return {
    goal,
    setGoal,
    choice,
    setChoice,
    cap,
    setCap,
    provider: config && chosenProvider(config, choice),
  };
}

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
