import { strToU8, zipSync } from 'fflate';
import type { Draft, DraftFile } from '../contract/plan.ts';
import type { PublishedFolder } from './published-folder.ts';
import { writeSkill } from './write-skill.ts';

/** Windows gives these names to devices, also with an extension. All are names that the specification allows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** A draft, or a published skill, which is packed as it was signed. */
export type Packable = Pick<Draft, 'manifest' | 'body' | 'files'> | PublishedFolder;

/** A ZIP of `name/SKILL.md` and what lies beside it, one folder for each skill. With `editedAt`, an ISO time, equal drafts give equal bytes. */
export function packSkills(skills: readonly Packable[], editedAt?: string): Uint8Array<ArrayBuffer> {
  const folders = skillFolders(skills.map((skill) => ('texts' in skill ? skill.name : skill.manifest.name)));
  const files = skills.flatMap((skill, i) =>
    textsOf(skill).map(({ path, content }) => [`${folders[i]}/${path}`, strToU8(content)] as const),
  );
  // as: zipSync always makes a buffer of its own
  return zipSync(Object.fromEntries(files), {
    level: 6,
    ...(editedAt && { mtime: editedAt }),
  }) as Uint8Array<ArrayBuffer>;
}

function textsOf(skill: Packable): readonly DraftFile[] {
  if ('texts' in skill) return skill.texts;
  const { manifest, body, files = [] } = skill;
  return [{ path: 'SKILL.md', content: writeSkill(manifest, body) }, ...files];
}

/**
 * The folder of each skill of a set, named after it as the specification wants. Names have only a-z, 0-9 and hyphens, so that none leaves
 * the archive's folder. Two kinds get another name: those of Windows devices, and a second skill of the same name.
 */
export function skillFolders(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = DEVICE.test(name) ? `${name}-skill` : name;
    let folder = base;
    for (let n = 2; taken.has(folder); n += 1) folder = `${base}-${n}`;
    taken.add(folder);
    return folder;
  });
}
