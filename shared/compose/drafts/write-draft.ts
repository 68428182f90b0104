import type { Draft, DraftFile, Manifest, PlanItem } from '../../contract/plan.ts';
import { digestOf } from '../../hashes/sha256.ts';
import { contentDigest } from '../../registry/content-digest.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { shortenDescription } from '../plan/shorten-description.ts';

/** What a model or a person wrote of a skill: its Markdown body, and the files beside its SKILL.md. */
export interface DraftTexts {
  readonly body: string;
  readonly files?: readonly DraftFile[] | undefined;
}

/** Makes a draft of a plan's item and its texts. The front matter comes from the item, never from the model's text. */
export async function writeDraft(
  item: PlanItem,
  revision: number,
  { body, files = [] }: DraftTexts,
  license: string | undefined,
): Promise<Draft> {
  const manifest: Manifest = {
    name: item.name,
    // Edited plans may hold line breaks. Clients show one line of a description, and some read no more.
    description: shortenDescription(item.description),
    ...(license === undefined ? {} : { license }),
    ...(item.allowedTools.length === 0 ? {} : { allowedTools: item.allowedTools }),
  };
  return sealDraft({ item: item.id, revision, manifest, body: normalizeBody(body) }, files);
}

/** The draft with these files, in the order of their paths, and the digest of all its texts. */
export async function sealDraft(
  { item, revision, manifest, body }: Omit<Draft, 'digest' | 'files'>,
  files: readonly DraftFile[],
): Promise<Draft> {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const digest = await draftDigest({ manifest, body, files: sorted });
  return { item, revision, manifest, body, ...(sorted.length === 0 ? {} : { files: sorted }), digest };
}

/** Of the SKILL.md alone where it is the whole skill; else of all files, as a bundle names them. */
export function draftDigest({
  manifest,
  body,
  files = [],
}: Pick<Draft, 'manifest' | 'body' | 'files'>): Promise<string> {
  const text = writeSkill(manifest, body);
  return files.length === 0 ? digestOf(text) : contentDigest([{ path: 'SKILL.md', content: text }, ...files]);
}
