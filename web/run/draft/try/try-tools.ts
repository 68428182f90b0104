import { createContext, useContext } from 'react';
import type { RunEstimate } from '../../../../shared/compose/estimate.ts';
import type { SkillEvals, Trial } from '../../../../shared/contract/evals.ts';
import type { Usage } from '../../../../shared/contract/usage.ts';

/** How skills are tried, what came of it, and what a page lets its reader do about it. */
export interface TryTools {
  readonly evals: Readonly<Record<string, SkillEvals>>;
  readonly trials: Readonly<Record<string, Trial>>;
  /** A run goes on. */
  readonly busy: boolean;
  /** The drafts that can be tried, by their items. */
  readonly items: readonly string[];
  /** What the last run used, when it was one that tried. */
  readonly used?: Usage | undefined;
  readonly estimate?: ((items: readonly string[]) => RunEstimate | undefined) | undefined;
  readonly start?: ((items: readonly string[]) => void) | undefined;
  /** Puts other prompts or another task in their place. */
  readonly change?: ((evals: SkillEvals) => void) | undefined;
  /** Who is asked, in words, where it is this server and not the user's own key. */
  readonly on?: string | undefined;
  /** The items that the page is about: they are open, at what came of trying them. */
  readonly subject?: readonly string[] | undefined;
  /** Where it can be tried on the user's own key, for a page without a field for it. */
  readonly href?: string | undefined;
}

const Tools = createContext<TryTools | undefined>(undefined);

/** Gives the tools to all drafts inside of it. */
export const TryRegion = Tools.Provider;

/** The tools of the nearest region; undefined where nothing is tried. */
export function useTryTools(): TryTools | undefined {
  return useContext(Tools);
}
