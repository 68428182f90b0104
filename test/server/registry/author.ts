import type { BundleManifest, PublishBundle, Visibility } from '../../../shared/contract/registry.ts';
import { bytesOf, contentDigest, type SkillText } from '../../../shared/registry/content-digest.ts';
import { signFiles } from '../../../shared/signing/model-signature.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import type { TestSigner } from '../../shared/signing/signer.ts';

/** What an author's client does: write skills, pin them in a bundle.json, sign both. */

export function skillFiles(name: string, body = '1. Read the input.\n2. Write the result.\n'): SkillText[] {
  const description = `Does the work of ${name} step by step. Use when somebody asks for ${name}.`;
  return [
    { path: 'SKILL.md', content: writeSkill({ name, description, license: 'MIT' }, `# ${name}\n\n${body}`) },
    { path: 'references/guide.md', content: `# Guide to ${name}\n` },
  ];
}

export interface Wish {
  readonly handle: string;
  readonly name: string;
  readonly version?: string;
  readonly visibility?: Visibility;
  readonly skills: Readonly<Record<string, readonly SkillText[]>>;
  readonly reuse?: BundleManifest['skills'];
}

export async function signedBundle(wish: Wish, signer: TestSigner): Promise<PublishBundle> {
  const { handle: publisher, name, version = '1.0.0', visibility = 'public' } = wish;
  const entries = Object.entries(wish.skills);
  const created = await Promise.all(
    entries.map(async ([skill, files]) => ({
      ...{ name: skill, version, publisher, source: 'create' as const },
      contentDigest: await contentDigest(files),
    })),
  );
  const manifest = JSON.stringify({
    schema: 'oneturn/bundle/1',
    ...{ name, version, publisher, description: `The bundle ${name}.`, licence: 'MIT' },
    createdAt: '2026-11-28T06:00:00Z',
    skills: [...created, ...(wish.reuse ?? [])],
  } satisfies BundleManifest);
  const file = { path: 'bundle.json', content: manifest };
  return {
    manifest,
    visibility,
    signingKey: signer.id,
    signature: await signFiles(name, [{ path: file.path, bytes: bytesOf(file) }], signer),
    skills: await Promise.all(
      entries.map(async ([skill, files]) => ({
        files: [...files],
        signature: await signFiles(
          skill,
          files.map((one) => ({ path: one.path, bytes: bytesOf(one) })),
          signer,
        ),
      })),
    ),
  };
}
