import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { bundleManifest } from '../../shared/contract/registry.ts';
import { contentDigest } from '../../shared/registry/content-digest.ts';
import { checkSigned, type SignedCheck, type Trust } from '../../shared/signing/check-signed.ts';
import {
  BUNDLE_SIGNATURE_FILE,
  type FileToSign,
  SIGNATURE_FILE,
} from '../../shared/signing/model-signature.ts';
import { readSkill } from '../../shared/skills/read-skill.ts';
import { folderFiles } from './folder-files.ts';

/** Checks a skill, a folder of skills, or a bundle (`bundle.json` beside its skills) on this disk. Sends nothing. */

export interface FolderCheck extends SignedCheck {
  readonly title: string;
}

interface SkillCheck extends FolderCheck {
  readonly name: string;
  readonly contentDigest: string;
}

const MANIFEST = 'bundle.json';

/** Empty: there is no skill and no bundle in the folder. */
export async function verifyFolder(folder: string, trust: Trust): Promise<readonly FolderCheck[]> {
  const has = (path: string): boolean => existsSync(join(folder, path));
  if (has('SKILL.md') || has(SIGNATURE_FILE)) return [await verifySkill(folder, trust)];
  const isBundle = has(MANIFEST) || has(BUNDLE_SIGNATURE_FILE);
  const entries = readdirSync(folder).sort();
  // clients link a skill's folder to one place for all of them; inside a skill a link is a fault
  const folders = entries.filter(
    (name) =>
      statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() &&
      (isBundle || has(join(name, 'SKILL.md')) || has(join(name, SIGNATURE_FILE))),
  );
  const skills = await Promise.all(folders.map((name) => verifySkill(join(folder, name), trust)));
  if (!isBundle) return skills;
  const loose = entries.filter((name) => ![MANIFEST, BUNDLE_SIGNATURE_FILE, ...folders].includes(name));
  return [await verifyBundle(folder, skills, loose, trust), ...skills];
}

async function verifySkill(folder: string, trust: Trust): Promise<SkillCheck> {
  const found = folderFiles(folder);
  const files = found.files.filter(({ path }) => path !== SIGNATURE_FILE);
  const text = textOf(files.find(({ path }) => path === 'SKILL.md'));
  const reading = text === undefined ? undefined : readSkill(text);
  const own = reading?.ok ? reading.file.fields['name'] : undefined;
  const name = typeof own === 'string' ? own : undefined;
  const signature = textOf(found.files.find(({ path }) => path === SIGNATURE_FILE));
  const check = await checkSigned({ signatureFile: SIGNATURE_FILE, signature, name, files }, trust);
  const strange = found.strange.map((path) => `extra: ${path} is a link or no file, which no skill has`);
  const texts = files.map((file) => ({ path: file.path, content: textOf(file) ?? '' }));
  return {
    ...check,
    faults: [...check.faults, ...strange],
    title: name ?? basename(resolve(folder)),
    name: name ?? '',
    contentDigest: await contentDigest(texts),
  };
}

async function verifyBundle(
  folder: string,
  skills: readonly SkillCheck[],
  loose: readonly string[],
  trust: Trust,
): Promise<FolderCheck> {
  const read = (name: string) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined;
  const bytes = read(MANIFEST);
  const parsed = z.safeParse(bundleManifest, parse(bytes?.toString('utf8') ?? ''));
  const manifest = parsed.success ? parsed.data : undefined;
  const signed = {
    signatureFile: BUNDLE_SIGNATURE_FILE,
    signature: read(BUNDLE_SIGNATURE_FILE)?.toString('utf8'),
    name: manifest?.name,
    files: bytes ? [{ path: MANIFEST, bytes: new Uint8Array(bytes) }] : [],
  };
  const check = await checkSigned(signed, trust);
  const faults = [...check.faults, ...loose.map((name) => `extra: ${name} is not signed`)];
  if (!manifest)
    return { ...check, title: MANIFEST, faults: [...faults, `${MANIFEST} is no bundle's manifest`] };

  const { handle } = check.signer ?? {};
  if (handle !== undefined && handle !== manifest.publisher)
    faults.push(`${MANIFEST} names ${manifest.publisher} as its publisher, but ${handle} signed it`);
  for (const pin of manifest.skills) {
    const skill = skills.find(({ name }) => name === pin.name);
    if (!skill) faults.push(`missing: the skill ${pin.name}`);
    else if (skill.contentDigest !== pin.contentDigest) faults.push(`changed: the skill ${pin.name}`);
    else if (skill.signer?.handle !== undefined && skill.signer.handle !== pin.publisher)
      faults.push(`${pin.name} is pinned as ${pin.publisher}'s, but ${skill.signer.handle} signed it`);
  }
  for (const { name, title } of skills)
    if (!manifest.skills.some((pin) => pin.name === name)) faults.push(`extra: the skill ${title}`);
  const notes = [...check.notes, `Written at ${manifest.createdAt}, as its signer says.`];
  return { ...check, notes, faults, title: `${manifest.name} ${manifest.version}` };
}

function textOf(file: FileToSign | undefined): string | undefined {
  return file && Buffer.from(file.bytes).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
