import type { BundleParts } from '../../../shared/registry/make-bundle.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import type { StarterSkill } from './starter-skill.ts';

/** The starter catalogue as it is published: each skill in a bundle of its own, by a handle that nobody can register. */

export const STARTER_PUBLISHER = 'oneturn';
/** Of all its bundles; a change to any skill is a new version, signed anew. */
export const STARTER_VERSION = '1.0.0';

/** What was signed, byte for byte. */
export interface SignedStarter {
  readonly version: string;
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
  readonly skills: Readonly<
    Record<string, { readonly manifest: string; readonly signature: string; readonly skillSignature: string }>
  >;
}

export function starterFiles({ name, description, body }: StarterSkill) {
  return [{ path: 'SKILL.md', content: writeSkill({ name, description, license: 'MIT' }, body) }];
}

export function starterParts(skill: StarterSkill, createdAt: string): BundleParts {
  const { name, description, categories } = skill;
  return {
    ...{ name, version: STARTER_VERSION, publisher: STARTER_PUBLISHER, description, licence: 'MIT' },
    ...{ categories, createdAt, visibility: 'public' },
    skills: [{ name, files: starterFiles(skill) }],
  };
}
