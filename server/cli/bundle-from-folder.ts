import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleManifest, PublishBundle, Visibility } from '../../shared/contract/registry.ts';
import { bytesOf, contentDigest, type SkillText } from '../../shared/registry/content-digest.ts';
import { SIGNATURE_FILE, type SignMessage, signFiles } from '../../shared/signing/model-signature.ts';
import { readSkill } from '../../shared/skills/read-skill.ts';
import { folderFiles } from './folder-files.ts';

export interface BundleWish {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly description: string;
  readonly licence: string;
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
  key: { readonly id: string; readonly sign: SignMessage } | undefined,
): Promise<FolderBundle | string> {
  const { acknowledgements, visibility, ...named } = bundle;
  const folders = existsSync(join(folder, 'SKILL.md'))
    ? [folder]
    : readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
        .filter((path) => existsSync(join(path, 'SKILL.md')));
  if (folders.length === 0) return `There is no SKILL.md in ${folder} or in a folder of it.`;
  const skills: { readonly name: string; readonly digest: string; readonly files: readonly SkillText[] }[] =
    [];
  for (const path of folders) {
    const files = readTexts(path);
    if (typeof files === 'string') return files;
    const reading = readSkill(files.find((file) => file.path === 'SKILL.md')?.content ?? '');
    if (!reading.ok) return `${path}/SKILL.md, line ${reading.finding.line ?? 1}: ${reading.finding.message}`;
    skills.push({ name: String(reading.file.fields['name']), digest: await contentDigest(files), files });
  }
  const manifest = JSON.stringify({
    schema: 'oneturn/bundle/1',
    ...named,
    createdAt: new Date().toISOString(),
    skills: skills.map(({ name, digest }) => ({
      ...{ name, version: named.version, publisher: named.publisher, source: 'create' as const },
      contentDigest: digest,
    })),
  } satisfies BundleManifest);
  const signed = async (name: string, files: readonly SkillText[]) =>
    key && {
      signature: await signFiles(
        name,
        files.map((file) => ({ path: file.path, bytes: bytesOf(file) })),
        key,
      ),
    };
  const wish: PublishBundle = {
    manifest,
    visibility,
    ...(key ? { signingKey: key.id } : { dryRun: true }),
    ...(await signed(named.name, [{ path: 'bundle.json', content: manifest }])),
    skills: await Promise.all(
      skills.map(async ({ name, files }) => ({ files: [...files], ...(await signed(name, files)) })),
    ),
    acknowledgements: skills.flatMap(({ name, digest }) => {
      const text = acknowledgements.get(name);
      return text === undefined ? [] : [{ skill: name, contentDigest: digest, text }];
    }),
  };
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
