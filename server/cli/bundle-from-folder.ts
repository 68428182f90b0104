import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Category } from '../../shared/contract/categories.ts';
import type { PublishBundle, Visibility } from '../../shared/contract/registry.ts';
import type { SkillText } from '../../shared/registry/content-digest.ts';
import { makeBundle, type OwnSkill, type Signer } from '../../shared/registry/make-bundle.ts';
import { SIGNATURE_FILE } from '../../shared/signing/model-signature.ts';
import { readSkill } from '../../shared/skills/read-skill.ts';
import { folderFiles } from './folder-files.ts';

export interface BundleWish {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly description: string;
  readonly licence: string;
  readonly categories: readonly Category[];
  readonly visibility: Visibility;
  /** In the author's own words, by the skill's name. */
  readonly acknowledgements: ReadonlyMap<string, string>;
}

export interface FolderBundle {
  /** Of each skill, in the order of `wish.skills`. */
  readonly folders: readonly string[];
  readonly wish: PublishBundle;
}

/** What `POST /v1/bundles` takes, from a folder of skills; unsigned without a key. A sentence: what is in its way. */
export async function bundleFromFolder(
  folder: string,
  bundle: BundleWish,
  key: Signer | undefined,
): Promise<FolderBundle | string> {
  const { acknowledgements, visibility, ...named } = bundle;
  const folders = existsSync(join(folder, 'SKILL.md'))
    ? [folder]
    : readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
        .filter((path) => existsSync(join(path, 'SKILL.md')));
  if (folders.length === 0) return `There is no SKILL.md in ${folder} or in a folder of it.`;
  const skills: OwnSkill[] = [];
  for (const path of folders) {
    const files = readTexts(path);
    if (typeof files === 'string') return files;
    const reading = readSkill(files.find((file) => file.path === 'SKILL.md')?.content ?? '');
    if (!reading.ok) return `${path}/SKILL.md, line ${reading.finding.line ?? 1}: ${reading.finding.message}`;
    const name = String(reading.file.fields['name']);
    skills.push({ name, files, acknowledgement: acknowledgements.get(name) });
  }
  const parts = { ...named, visibility, createdAt: new Date().toISOString(), skills };
  const wish = await makeBundle(parts, key);
  return { folders, wish };
}

/** Skills are text: what is not UTF-8, and what is a link, is named and not published. */
function readTexts(folder: string): readonly SkillText[] | string {
  const { files, strange } = folderFiles(folder);
  if (strange[0] !== undefined)
    return `${folder}/${strange[0]} is a link or no file. Skills have plain files only.`;
  const texts: SkillText[] = [];
  for (const { path, bytes } of files.filter((file) => file.path !== SIGNATURE_FILE)) {
    try {
      texts.push({ path, content: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) });
    } catch {
      return `${folder}/${path} is no text in UTF-8.`;
    }
  }
  return texts;
}
