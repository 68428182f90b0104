import type { PublishWork, SkillDraft } from '../../../shared/contract/publish-draft.ts';
import type { SkillFinding } from '../../../shared/contract/registry.ts';
import { digestOf } from '../../../shared/hashes/sha256.ts';
import { contentDigest, type SkillText } from '../../../shared/registry/content-digest.ts';
import { filesOf, textOf } from '../../../shared/registry/draft-files.ts';
import { pathFault } from '../../../shared/registry/file-paths.ts';
import { type Judgement, judgeSkill, specFault } from '../../../shared/registry/judge-skill.ts';

/** A skill of the bundle as it stands, and what the registry will say of it. Everything here is made from the text that is shown. */
export interface JudgedSkill extends Judgement {
  readonly item: string;
  readonly draft: SkillDraft;
  readonly text: string;
  readonly files: readonly SkillText[];
  /** Of all its files, as `bundle.json` pins it. */
  readonly contentDigest: string;
  /** Of the SKILL.md alone, to which a finding's edit belongs. */
  readonly textDigest: string;
  /** What keeps it from being published whatever is said of it. */
  readonly fault: SkillFinding | undefined;
}

/** A text that did not change is not judged again. */
const known = new WeakMap<SkillDraft, Promise<Omit<JudgedSkill, 'item'>>>();

export function judgeWork({ skills }: PublishWork): Promise<readonly JudgedSkill[]> {
  return Promise.all(
    skills.flatMap(({ item, included, draft }) =>
      included && draft ? [judged(draft).then((skill) => ({ ...skill, item }))] : [],
    ),
  );
}

function judged(draft: SkillDraft): Promise<Omit<JudgedSkill, 'item'>> {
  const before = known.get(draft);
  if (before) return before;
  const judging = judge(draft);
  known.set(draft, judging);
  return judging;
}

async function judge(draft: SkillDraft): Promise<Omit<JudgedSkill, 'item'>> {
  const text = textOf(draft);
  const files = filesOf(draft);
  const judgement = judgeSkill(files);
  const path = pathFault(files.map((file) => file.path));
  const fault: SkillFinding | undefined =
    path === undefined
      ? specFault(judgement)
      : { rule: 'spec.path', severity: 'error', message: path, file: 'SKILL.md' };
  const [content, single] = await Promise.all([contentDigest(files), digestOf(text)]);
  return { ...judgement, draft, text, files, fault, contentDigest: content, textDigest: single };
}
