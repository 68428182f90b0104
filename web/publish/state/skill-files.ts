import type { DraftFile, Manifest } from '../../../shared/contract/plan.ts';
import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';
import type { SkillText } from '../../../shared/registry/content-digest.ts';
import { fieldsToManifest, readSkill, splitTools } from '../../../shared/skills/read-skill.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';

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

/** What is signed, published and shown: one text for all three. */
export function textOf(draft: SkillDraft): string {
  return writeSkill(manifestOf(draft), draft.body);
}

export function filesOf(draft: SkillDraft): readonly SkillText[] {
  return [{ path: 'SKILL.md', content: textOf(draft) }, ...(draft.files ?? [])];
}

/** The other way, for the text of a draft's SKILL.md; undefined: it is no skill. */
export function draftFromText(text: string, files?: readonly DraftFile[]): SkillDraft | undefined {
  const reading = readSkill(text);
  const manifest = reading.ok ? fieldsToManifest(reading.file.fields) : undefined;
  return reading.ok && manifest ? draftOf(manifest, reading.file.body, files) : undefined;
}
