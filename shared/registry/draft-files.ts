import type { Manifest } from '../contract/plan.ts';
import type { SkillDraft } from '../contract/publish-draft.ts';
import { splitTools } from '../skills/read-skill.ts';
import { writeSkill } from '../skills/write-skill.ts';
import type { SkillText } from './content-digest.ts';

/** The form's fields as the front matter that is written: empty ones stay out. */
export function manifestOf(draft: SkillDraft): Manifest {
  const { name, description, license, compatibility, allowedTools, metadata } = draft;
  const tools = splitTools(allowedTools);
  return {
    name: name.trim(),
    description: description.trim(),
    ...(license.trim() ? { license: license.trim() } : {}),
    ...(compatibility.trim() ? { compatibility: compatibility.trim() } : {}),
    ...(tools.length > 0 ? { allowedTools: [...tools] } : {}),
    ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
}

/** What is signed, published, tried and shown: one text for all of them. */
export function textOf(draft: SkillDraft): string {
  return writeSkill(manifestOf(draft), draft.body);
}

/** SKILL.md first, then what lies beside it. */
export function filesOf(draft: SkillDraft): readonly SkillText[] {
  return [{ path: 'SKILL.md', content: textOf(draft) }, ...(draft.files ?? [])];
}
