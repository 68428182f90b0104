/** What a trial says, as numbers and words. Pure; the page, the command line and `npm run eval` count by it. */
import type { Trial, TriedPrompt } from '../../contract/evals.ts';

/** `silent`: the model did not say. */
export type PromptMark = 'right' | 'wrong' | 'silent';

/** Counts of one skill's trial. */
export interface TrialScore {
  /** Of the prompts that should load the skill, how many did. */
  readonly loaded: number;
  readonly shouldLoad: number;
  /** Of the near misses, how many left it alone. */
  readonly skipped: number;
  readonly shouldSkip: number;
  readonly silent: number;
  readonly passed: number;
  readonly expectations: number;
}

/** Whether the model did with one prompt what it should; `name` is the tried skill's. */
export function markOf({ should, chosen }: TriedPrompt, name: string): PromptMark {
  if (chosen === null) return 'silent';
  return chosen.includes(name) === should ? 'right' : 'wrong';
}

/** `name` is the tried skill's. Prompts on which the model said nothing count for no side. */
export function scoreTrial({ prompts, task }: Trial, name: string): TrialScore {
  const of = (should: boolean, mark?: PromptMark): number =>
    prompts.filter(
      (prompt) =>
        prompt.should === should &&
        (mark === undefined ? markOf(prompt, name) !== 'silent' : markOf(prompt, name) === mark),
    ).length;
  return {
    loaded: of(true, 'right'),
    shouldLoad: of(true),
    skipped: of(false, 'right'),
    shouldSkip: of(false),
    silent: prompts.filter(({ chosen }) => chosen === null).length,
    passed: task?.verdicts.filter(({ passed }) => passed === true).length ?? 0,
    expectations: task?.verdicts.length ?? 0,
  };
}
