import type { PublishWork, SkillDraft } from '../../../shared/contract/publish-draft.ts';
import type { SkillFinding } from '../../../shared/contract/registry.ts';
import { digestOf } from '../../../shared/hashes/sha256.ts';
import { contentDigest, type SkillText } from '../../../shared/registry/content-digest.ts';
import { filesOf, textOf } from '../../../shared/registry/draft-files.ts';
import { pathFault } from '../../../shared/registry/file-paths.ts';
import { type Judgement, judgeSkill, specFault } from '../../../shared/registry/judge-skill.ts';
import { publishedEvals, type TriedPlan } from './eval-choice.ts';

/** A skill of the bundle as it stands, and what the registry will say of it. Everything here is made from the text that is shown. */
export interface JudgedSkill extends Judgement {
  readonly item: string;
  readonly draft: SkillDraft;
  readonly text: string;
  /** Where its files in `evals/` are from; undefined: none go out. */
  readonly tried: TriedPlan | undefined;
  readonly files: readonly SkillText[];
  /** Of all its files, as `bundle.json` pins it. */
  readonly contentDigest: string;
  /** Of the SKILL.md alone, to which a finding's edit belongs. */
  readonly textDigest: string;
  /** What keeps it from being published whatever is said of it. */
  readonly fault: SkillFinding | undefined;
}

type Judged = Omit<JudgedSkill, 'item' | 'tried'>;

/** A text that did not change is not judged again, with the evals that were beside it. */
const known = new WeakMap<SkillDraft, { readonly beside: string; readonly judging: Promise<Judged> }>();

/** `plan` has the evals that go out with the skills where the author wants that. */
export function judgeWork(
  { skills, withEvals }: PublishWork,
  plan: TriedPlan,
): Promise<readonly JudgedSkill[]> {
  const tried = withEvals ? plan : undefined;
  return Promise.all(
    skills.flatMap(({ item, included, draft }) =>
      included && draft
        ? [
            judged(draft, tried ? publishedEvals(item, draft, tried) : []).then((skill) => ({
              ...skill,
              item,
              tried,
            })),
          ]
        : [],
    ),
  );
}

function judged(draft: SkillDraft, evals: readonly SkillText[]): Promise<Judged> {
  const beside = JSON.stringify(evals);
  const before = known.get(draft);
  if (before?.beside === beside) return before.judging;
  const judging = judge(draft, evals);
  known.set(draft, { beside, judging });
  return judging;
}

async function judge(draft: SkillDraft, evals: readonly SkillText[]): Promise<Judged> {
  const text = textOf(draft);
  const files = [...filesOf(draft), ...evals];
  const judgement = judgeSkill(files);
  const path = pathFault(files.map((file) => file.path));
  const fault: SkillFinding | undefined =
    path === undefined
      ? specFault(judgement)
      : { rule: 'spec.path', severity: 'error', message: path, file: 'SKILL.md' };
  const [content, single] = await Promise.all([contentDigest(files), digestOf(text)]);
  return { ...judgement, draft, text, files, fault, contentDigest: content, textDigest: single };
}
