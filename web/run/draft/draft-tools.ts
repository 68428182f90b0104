import { createContext, useContext } from 'react';
import type { Plan } from '../../../shared/contract/plan.ts';
import type { DraftProgress, Rework } from '../state/run-state.ts';

/** What a page lets its reader do to drafts. A page that gives none only shows them. */
export interface DraftTools {
  readonly goal: string;
  readonly plan: Plan;
  /** Puts another text in a draft's place, and says so with a way back. */
  readonly change: (item: string, next: DraftProgress, told: string) => void;
  /** Has a draft reworked in the user's own words; absent where nothing can be asked. */
  readonly rework?: ((item: string, note: string) => void) | undefined;
  /** Who is asked then, in words, where it is this server and not the user's own key. */
  readonly reworkedOn?: string | undefined;
  /** What became of that, to be accepted or refused. */
  readonly reworked?: Rework | undefined;
  readonly endRework?: ((accept: boolean) => void) | undefined;
}

const Tools = createContext<DraftTools | undefined>(undefined);

/** Gives the tools to all drafts inside of it. */
export const DraftToolsRegion = Tools.Provider;

/** To change a text here is to judge it and to take its digest, for which plain http has no means. */
export function useEditTools(): DraftTools | undefined {
  const tools = useDraftTools();
  return globalThis.crypto?.subtle ? tools : undefined;
}

/** The tools of the nearest region; undefined where drafts are only shown. */
export function useDraftTools(): DraftTools | undefined {
  return useContext(Tools);
}
