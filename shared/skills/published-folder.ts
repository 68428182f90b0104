import type { DraftFile } from '../contract/plan.ts';
import type { SkillPage } from '../contract/registry.ts';

/** A published skill as its author signed it, byte for byte. Paths are relative to the skill's folder, and none leads out of it. */
export interface PublishedFolder {
  readonly name: string;
  readonly texts: readonly DraftFile[];
}

type Signed = Pick<SkillPage, 'texts' | 'signature'> & { readonly skill: Pick<SkillPage['skill'], 'name'> };

/** The folder of a skill, with `skill.oms.sig` in it. Throws where a path leads out of the folder. */
export function publishedFolder({ skill, texts, signature }: Signed): PublishedFolder {
  const odd = texts.find(({ path }) => !isInside(path));
  if (odd) throw new Error(`${skill.name} has a file whose path leads out of its folder.`);
  return { name: skill.name, texts: [...texts, { path: 'skill.oms.sig', content: signature }] };
}

function isInside(path: string): boolean {
  return path
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[\\:\0]/.test(part));
}
