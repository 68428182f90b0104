import type { Category } from '../contract/categories.ts';
import type { Provenance } from '../contract/provenance.ts';
import type { BundleManifest, PublishBundle, Visibility } from '../contract/registry.ts';
import { type SignMessage, signFiles } from '../signing/model-signature.ts';
import { bytesOf, contentDigest, type SkillText } from './content-digest.ts';

/**
 * What `POST /v1/bundles` takes, made by the author's side: a `bundle.json` that pins every skill by the digest of its files, and, with a
 * signing key, the signature of each skill and of the `bundle.json`. The page and the command line make it by this code alone.
 */
export interface BundleParts {
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly description: string;
  readonly licence: string;
  /** Left out: it stays the author's. */
  readonly goal?: string;
  readonly categories?: readonly Category[];
  readonly provenance?: Provenance;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly visibility: Visibility;
  readonly planId?: string;
  /** The author's own skills, whose version is the bundle's. */
  readonly skills: readonly OwnSkill[];
  /** What is published already, by whomever. */
  readonly reused?: readonly Omit<BundleManifest['skills'][number], 'source'>[];
}

/** A skill of the author's, with all of its files, its SKILL.md among them. */
export interface OwnSkill {
  readonly name: string;
  readonly files: readonly SkillText[];
  /** Why it may be published although it has findings to look at, in its author's own words. */
  readonly acknowledgement?: string | undefined;
}

/** The author's signing key: its id and the operation. The private half does not come here. */
export interface Signer {
  readonly id: string;
  readonly sign: SignMessage;
}

/** Without a signer it is a dry run, which stores nothing. */
export async function makeBundle(parts: BundleParts, signer: Signer | undefined): Promise<PublishBundle> {
  const pinned = await Promise.all(
    parts.skills.map(async (skill) => ({ ...skill, contentDigest: await contentDigest(skill.files) })),
  );
  const manifest = JSON.stringify(manifestOf(parts, pinned));
  const signed = async (name: string, files: readonly SkillText[]) =>
    signer && {
      signature: await signFiles(
        name,
        files.map((file) => ({ path: file.path, bytes: bytesOf(file) })),
        signer,
      ),
    };
  return {
    manifest,
    visibility: parts.visibility,
    ...(parts.planId === undefined ? {} : { planId: parts.planId }),
    ...(signer ? { signingKey: signer.id } : { dryRun: true }),
    ...(await signed(parts.name, [{ path: 'bundle.json', content: manifest }])),
    skills: await Promise.all(
      pinned.map(async ({ name, files }) => ({ files: [...files], ...(await signed(name, files)) })),
    ),
    acknowledgements: pinned.flatMap(({ name: skill, contentDigest: digest, acknowledgement: text }) =>
      text === undefined ? [] : [{ skill, contentDigest: digest, text }],
    ),
  };
}

function manifestOf(
  parts: BundleParts,
  pinned: readonly { readonly name: string; readonly contentDigest: string }[],
): BundleManifest {
  const { name, version, publisher, description, licence, goal, provenance, createdAt } = parts;
  const categories = parts.categories ?? [];
  return {
    schema: 'oneturn/bundle/1',
    name,
    version,
    publisher,
    description,
    licence,
    ...(goal === undefined ? {} : { goal }),
    ...(categories.length === 0 ? {} : { categories: [...categories] }),
    ...(provenance === undefined ? {} : { provenance }),
    createdAt,
    skills: [
      ...pinned.map((skill) => ({
        name: skill.name,
        version,
        publisher,
        source: 'create' as const,
        contentDigest: skill.contentDigest,
      })),
      ...(parts.reused ?? []).map((skill) => ({ ...skill, source: 'reuse' as const })),
    ],
  };
}
