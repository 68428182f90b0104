import * as z from 'zod/mini';
import { criticReport } from './author/critic.ts';
import { standing } from './author/curation.ts';
import { version } from './author/version.ts';
import { category, MAX_CATEGORIES } from './categories.ts';
import { finding, SKILL_NAME } from './plan.ts';
import { provenance } from './provenance.ts';

/** Publishing and reading: signing keys, bundles and skills. */

const name = z.string().check(
  z.maxLength(64),
  z.regex(SKILL_NAME, {
    error: 'A name has up to 64 lower-case letters, digits and single hyphens inside.',
  }),
);
const sha256 = z
  .string()
  .check(z.regex(/^sha256:[0-9a-f]{64}$/, { error: 'A digest is sha256: and 64 hexadecimal digits.' }));
const keyId = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, { error: 'A signing key is named by 64 hexadecimal digits.' }));
const line = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

/**
 * Who finds a bundle. `public`: everyone, by search and index. `unlisted`: whoever has its address. `private`: the members of the workspace
 * that published it.
 */
export const VISIBILITIES = ['public', 'unlisted', 'private'] as const;
export const visibility = z.enum(VISIBILITIES);
export type Visibility = z.infer<typeof visibility>;

/** The body of `POST /v1/signing-keys`. The private half never leaves its owner's machine. */
export const registerSigningKey = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  /** SubjectPublicKeyInfo of an ECDSA P-256 key in base64. */
  publicKey: z.string().check(z.maxLength(400)),
  /** That its holder asks for it: see `shared/signing/key-proof.ts`. */
  proof: z.string().check(z.maxLength(200)),
});
export type RegisterSigningKey = z.input<typeof registerSigningKey>;

/** Since when a signing key is no longer to be believed; left out: from now on. Not before it was registered. */
export const revokeSigningKey = z.strictObject({ since: z.optional(z.iso.datetime()) });

/**
 * A registered public signing key. `keyId` is the SHA-256 of its PEM text in hex. Nothing here is secret; provider keys are never stored
 * in this form.
 */
export const signingKeyInfo = z.object({
  keyId: z.string(),
  name: z.string(),
  pem: z.string(),
  createdAt: z.string(),
  /** From then on nothing new counts as signed by it; what is older does. */
  revokedAt: z.nullable(z.string()),
});
export type SigningKeyInfo = z.infer<typeof signingKeyInfo>;
/** All signing keys of one publisher, revoked ones included, since older signatures still name them. */
export const signingKeyList = z.object({ keys: z.array(signingKeyInfo) });

export const MAX_BUNDLE_SKILLS = 24;
export const MAX_SKILL_FILES = 100;
export const MAX_FILE_CHARS = 1_000_000;
export const MAX_PUBLISH_BYTES = 6_000_000;

/** `bundle.json`: what is in a bundle, each skill pinned by the digest of its files. Its bytes are what the author signs. */
export const bundleManifest = z.strictObject({
  schema: z.literal('oneturn/bundle/1'),
  name,
  version,
  publisher: z.string(),
  description: line(1024),
  licence: line(64),
  goal: z.optional(line(8000)),
  categories: z.optional(z.array(category).check(z.minLength(1), z.maxLength(MAX_CATEGORIES))),
  provenance: z.optional(provenance),
  createdAt: z.iso.datetime(),
  skills: z
    .array(
      z.strictObject({
        name,
        version,
        publisher: z.string(),
        /** `reuse`: a version that is published already, by whomever. */
        source: z.enum(['create', 'reuse']),
        contentDigest: sha256,
      }),
    )
    .check(z.minLength(1), z.maxLength(MAX_BUNDLE_SKILLS)),
});
export type BundleManifest = z.infer<typeof bundleManifest>;

const skillText = z.strictObject({
  path: z.string(),
  content: z.string().check(z.maxLength(MAX_FILE_CHARS)),
});

/** The body of a publication. The `signature`s may be left out of a dry run, which stores nothing and answers with what would be public. */
export const publishBundle = z.strictObject({
  manifest: z.string().check(z.maxLength(100_000)),
  signature: z.optional(z.string()),
  signingKey: z.optional(keyId),
  visibility,
  planId: z.optional(z.uuid()),
  dryRun: z.optional(z.boolean()),
  /** The skills that the manifest creates, in its order. */
  skills: z
    .array(
      z.strictObject({
        files: z.array(skillText).check(z.minLength(1), z.maxLength(MAX_SKILL_FILES)),
        signature: z.optional(z.string()),
      }),
    )
    .check(z.maxLength(MAX_BUNDLE_SKILLS)),
  /** In the author's own words, for each skill whose analysis says `review`; bound to its content, and shown with it. */
  acknowledgements: z._default(
    z
      .array(
        z.strictObject({
          skill: name,
          contentDigest: sha256,
          text: z.string().check(z.trim(), z.minLength(10), z.maxLength(1000)),
        }),
      )
      .check(z.maxLength(MAX_BUNDLE_SKILLS)),
    [],
  ),
});
export type PublishBundle = z.input<typeof publishBundle>;

/** What the analysis says of a published skill, with the `file` in which it was found, relative to the skill's folder. */
export const skillFinding = z.extend(finding, { file: z.string() });
export type SkillFinding = z.infer<typeof skillFinding>;

/**
 * One version of a published skill. Digests are `sha256:` and hex: `contentDigest` over the files, `archiveDigest` over the ZIP, null in a
 * dry run. `acknowledgement` is the author's answer to a `review` verdict.
 */
export const publishedSkillInfo = z.object({
  publisher: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  licence: z.nullable(z.string()),
  contentDigest: z.string(),
  archiveDigest: z.nullable(z.string()),
  verdict: z.enum(['pass', 'review', 'block']),
  findings: z.array(skillFinding),
  acknowledgement: z.nullable(z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
  /** Left out where nothing was done to it. Of one that was taken down, strangers get its name, version and digests alone. */
  standing: z.optional(standing),
});
export type PublishedSkillInfo = z.infer<typeof publishedSkillInfo>;

/**
 * One version of a bundle with its skills. `goal` and `provenance` are null unless the author chose to show them; `versions` lists all that the reader may
 * see. What only a stored bundle has is null in a dry run: its signing key, manifest, signature and time.
 */
export const bundleInfo = z.object({
  publisher: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  licence: z.string(),
  visibility,
  goal: z.nullable(z.string()),
  categories: z.array(category),
  provenance: z.nullable(provenance),
  signingKey: z.nullable(z.string()),
  /** The signed bytes of `bundle.json` as text, and their signature, so that a reader can check both. */
  manifest: z.nullable(z.string()),
  signature: z.nullable(z.string()),
  publishedAt: z.nullable(z.string()),
  versions: z.array(z.string()),
  skills: z.array(publishedSkillInfo),
  /** What its author says of it since, in place of the signed description. */
  summary: z.optional(z.string()),
  standing: z.optional(standing),
  /** What the operator's critic said when it was published; in a dry run, what it has said so far. Left out where none was to be asked. */
  critic: z.optional(criticReport),
  /** The reader may change what is shown of it. */
  mayChange: z.optional(z.boolean()),
  /** The workspace that has it, told to those who may change it. */
  workspace: z.optional(z.object({ slug: z.string(), name: z.string() })),
});
export type BundleInfo = z.infer<typeof bundleInfo>;
/** Of a dry run `published` is false, and what only a stored bundle has is null. */
export const publishAnswer = z.object({ published: z.boolean(), bundle: bundleInfo });

/** A bundle in the registry's list, in its newest version. `skills` are names; `publishedAt` is ISO 8601 in UTC. */
export const bundleSummary = z.object({
  publisher: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string(),
  licence: z.string(),
  visibility,
  categories: z.array(category),
  skills: z.array(z.string()),
  publishedAt: z.string(),
  /** Left out where nothing was done to it. */
  standing: z.optional(standing),
});
export type BundleSummary = z.infer<typeof bundleSummary>;
const choice = z.object({ name: z.string(), count: z.number() });
/**
 * A page of search results. `total` counts what the search found on all pages. `choices` are what its words alone find, the most frequent
 * first: by what it can be narrowed.
 */
export const bundlePage = z.object({
  bundles: z.array(bundleSummary),
  total: z.number(),
  choices: z.object({
    categories: z.array(choice),
    licences: z.array(choice),
    signers: z.array(choice),
  }),
});
export type BundlePage = z.infer<typeof bundlePage>;

/**
 * The answer of `GET /v1/skills/<publisher>/<name>`: one version with the text of its files. `versions` lists the others that the reader
 * may see.
 */
export const skillPage = z.object({
  skill: publishedSkillInfo,
  /** The text of `skill.oms.sig`. */
  signature: z.string(),
  publishedAt: z.string(),
  visibility,
  /** How often its archive was fetched. */
  downloads: z.number(),
  /** Null when the bundle is unlisted: a reader of the skill is not told of it. */
  bundle: z.nullable(z.object({ publisher: z.string(), name: z.string(), version: z.string() })),
  versions: z.array(z.string()),
  texts: z.array(z.object({ path: z.string(), content: z.string() })),
  /** Public bundles of other work that have some version of this skill in them, `skillVersion`; the newest first. */
  usedBy: z.array(
    z.object({ publisher: z.string(), name: z.string(), version: z.string(), skillVersion: z.string() }),
  ),
});
export type SkillPage = z.infer<typeof skillPage>;
