import type { DraftFile, Manifest } from '../../../shared/contract/plan.ts';
import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';
import { fieldsToManifest, readSkill } from '../../../shared/skills/read-skill.ts';

export function draftOf(
  { name, description, ...rest }: Manifest,
  body: string,
  files?: readonly DraftFile[],
): SkillDraft {
  const { license = '', compatibility = '', allowedTools = [], metadata = {} } = rest;
  const fields = {
    name,
    description,
    license,
    compatibility,
    allowedTools: allowedTools.join(' '),
    metadata,
  };
  return { ...fields, body, ...(files && { files: [...files] }) };
}

/** The other way, for the text of a draft's SKILL.md; undefined: it is no skill. */
export function draftFromText(text: string, files?: readonly DraftFile[]): SkillDraft | undefined {
  const reading = readSkill(text);
  const manifest = reading.ok ? fieldsToManifest(reading.file.fields) : undefined;
  return reading.ok && manifest ? draftOf(manifest, reading.file.body, files) : undefined;
}
