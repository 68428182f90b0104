import { createContext, useContext } from 'react';
import type { Plan } from '../../../shared/contract/plan.ts';
import type { DraftProgress } from '../state/run-state.ts';

/** What a page lets its reader do to drafts. A page that gives none only shows them. */
export interface DraftTools {
  readonly goal: string;
  readonly plan: Plan;
  /** Puts another text in a draft's place, and says so with a way back. */
  readonly change: (item: string, next: DraftProgress, told: string) => void;
}

const Tools = createContext<DraftTools | undefined>(undefined);

export const DraftToolsRegion = Tools.Provider;

export function useDraftTools(): DraftTools | undefined {
  return useContext(Tools);
}
