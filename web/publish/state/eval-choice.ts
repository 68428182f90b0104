import type { DraftFile } from '../../../shared/contract/plan.ts';
import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { filesOf } from '../../../shared/registry/draft-files.ts';
import { evalFiles } from '../../../shared/skills/eval-files.ts';
import { draftOf } from './skill-files.ts';

/** How the plan's drafts are tried, and what came of it. */
export type TriedPlan = Pick<SavedPlan, 'drafts' | 'evals' | 'trials'>;

/**
 * The files in `evals/` that go out with a skill when its author wants that; empty where the plan has none of it. What came of trying another
 * text than the one that goes out stays out, and so do the names of the other skills that a prompt loaded: they may be private.
 */
export function publishedEvals(
  item: string,
  draft: SkillDraft,
  { drafts, evals = [], trials = [] }: TriedPlan,
): readonly DraftFile[] {
  const own = evals.find((one) => one.item === item);
  if (!own) return [];
  const planned = drafts.find((one) => one.item === item);
  const trial = trials.find((one) => one.item === item && one.digest === planned?.digest);
  const name = draft.name.trim();
  const isSame =
    planned !== undefined &&
    JSON.stringify(filesOf(draft)) ===
      JSON.stringify(filesOf(draftOf(planned.manifest, planned.body, planned.files)));
  const told = trial && {
    ...trial,
    prompts: trial.prompts.map((prompt) => ({
      ...prompt,
      chosen: prompt.chosen?.filter((chosen) => chosen === name) ?? null,
    })),
  };
  return evalFiles(name, own, isSame ? told : undefined);
}
