/** The trials of one run as they grow. Each step sends its skills' trials anew. */
import {
  MAX_TRIAL_ANSWER_CHARS,
  type SkillEvals,
  type Trial,
  type TrialItem,
  type TrialVerdict,
  type TriedPrompt,
} from '../../contract/evals.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import type { EventQueue } from '../calls/event-queue.ts';
import type { Asked } from './choices-to-prompts.ts';

/** The trials of one run, by their items. */
export interface Trials {
  /** These are the evals by which an item is tried. */
  begin(evals: SkillEvals): void;
  evals(): readonly SkillEvals[];
  /** What a model chose for the prompts of a batch, in their order. */
  chose(batch: readonly Asked[], chosen: readonly TriedPrompt['chosen'][]): void;
  answered(item: string, answer: string, verdicts: readonly TrialVerdict[]): void;
  /** A call for these items failed. */
  trouble(items: readonly string[], why: string): void;
  /** Of how many items something is known. */
  tried(): number;
}

/** None has begun. `queue` hears of each change. */
export function createTrials(
  items: readonly TrialItem[],
  { provider, model, queue }: Pick<Trial, 'provider' | 'model'> & { readonly queue: EventQueue },
): Trials {
  const evals = new Map<string, SkillEvals>();
  const trials = new Map<string, Trial>();
  const change = (item: string, next: Partial<Trial>): void => {
    const digest = items.find(({ id }) => id === item)?.digest ?? '';
    const trial = { item, digest, provider, model, prompts: [], ...trials.get(item), ...next };
    trials.set(item, trial);
    queue.push({ event: 'trial', data: trial });
  };

  return {
    begin(next) {
      evals.set(next.item, next);
      const asked =
        (should: boolean) =>
        (text: string): TriedPrompt => ({ text, should, chosen: null });
      trials.set(next.item, {
        ...{ item: next.item, digest: items.find(({ id }) => id === next.item)?.digest ?? '' },
        ...{ provider, model },
        prompts: [...next.load.map(asked(true)), ...next.skip.map(asked(false))],
      });
    },
    // in the items' order, whichever was written first
    evals: () => items.flatMap(({ id }) => evals.get(id) ?? []),
    chose(batch, chosen) {
      for (const item of new Set(batch.map((one) => one.item))) {
        const prompts = (trials.get(item)?.prompts ?? []).map((prompt) => {
          const at = batch.findIndex(
            (one) => one.item === item && one.text === prompt.text && one.should === prompt.should,
          );
          return at < 0 ? prompt : { ...prompt, chosen: chosen[at] ?? null };
        });
        change(item, { prompts });
      }
    },
    answered: (item, answer, verdicts) =>
      change(item, {
        task: { answer: normalizeBody(answer.slice(0, MAX_TRIAL_ANSWER_CHARS - 1)), verdicts: [...verdicts] },
      }),
    trouble(failed, why) {
      for (const item of failed) change(item, { problem: why });
    },
    tried: () =>
      [...trials.values()].filter(({ prompts, task }) => task ?? prompts.some(({ chosen }) => chosen)).length,
  };
}
