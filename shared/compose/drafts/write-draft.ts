import type { Draft, Manifest, PlanItem } from '../../contract/plan.ts';
import { digestOf } from '../../hashes/sha256.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { shortenDescription } from '../plan/shorten-description.ts';

/** Makes a draft of a plan's item and a Markdown body. The front matter comes from the item, never from the model's text. */
export async function writeDraft(
  item: PlanItem,
  revision: number,
  body: string,
  license: string | undefined,
): Promise<Draft> {
  const manifest: Manifest = {
    name: item.name,
    // Edited plans may hold line breaks. Clients show one line of a description, and some read no more.
    description: shortenDescription(item.description),
    ...(license === undefined ? {} : { license }),
    ...(item.allowedTools.length === 0 ? {} : { allowedTools: item.allowedTools }),
  };
  const text = normalizeBody(body);
  return {
    item: item.id,
    revision,
    manifest,
    body: text,
    digest: await digestOf(writeSkill(manifest, text)),
  };
}
