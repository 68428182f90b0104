import type { Draft } from '../../../shared/contract/plan.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { loadChunk } from '../../chunks/load-chunk.ts';
import { download } from '../../ui/download.ts';

/** The SKILL.md, or with files beside it the whole folder as a ZIP. */
export async function downloadSkill(draft: Draft): Promise<void> {
  const { manifest, body, files = [] } = draft;
  if (files.length === 0) {
    download('SKILL.md', writeSkill(manifest, body), 'text/markdown');
    return;
  }
  const { packSkills } = await loadChunk(() => import('../../../shared/skills/pack-skills.ts'));
  download(`${manifest.name}.zip`, packSkills([draft]), 'application/zip');
}
