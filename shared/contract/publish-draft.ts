import * as z from 'zod/mini';
import { category, MAX_CATEGORIES } from './categories.ts';
import { draftFile, MAX_DRAFT_FILES, MAX_ITEMS } from './plan.ts';
import { provenancePart } from './provenance.ts';
import { visibility } from './registry.ts';

/** A bundle on its way from a plan to the registry: what its author has done so far, as the wizard keeps it on the server. */

export const MAX_PUBLISH_DRAFT_BYTES = 2_000_000;

/** In this order; each is open when those before it are done. */
export const PUBLISH_STEPS = ['items', 'drafts', 'findings', 'name', 'sign', 'publish'] as const;
export type PublishStep = (typeof PUBLISH_STEPS)[number];

const text = (max: number) => z.string().check(z.maxLength(max));
const planId = z.string();

/** A skill as its author types it: bounded, and not checked further, for half a name has to be kept too. */
export const skillDraft = z.strictObject({
  name: text(200),
  description: text(4000),
  license: text(200),
  compatibility: text(2000),
  /** With blanks between them, as the specification's `allowed-tools` has them. */
  allowedTools: text(4000),
  metadata: z.record(text(200), text(4000)),
  body: text(1_000_000),
  files: z.optional(z.array(draftFile).check(z.maxLength(MAX_DRAFT_FILES))),
});
export type SkillDraft = z.infer<typeof skillDraft>;

/** All that the author has typed and decided so far. It is saved as a whole, and unfinished names and texts are allowed. */
export const publishWork = z.strictObject({
  step: z.enum(PUBLISH_STEPS),
  /** The plan's revision from which the texts were taken. */
  planRev: z.number(),
  skills: z
    .array(
      z.strictObject({
        item: text(64),
        included: z.boolean(),
        /** Null: it is reused, or was never drafted. */
        draft: z.nullable(skillDraft),
        /** Why it may be published although it has findings, about the very files that `contentDigest` names. */
        acknowledgement: z.nullable(z.strictObject({ contentDigest: text(80), text: text(1000) })),
      }),
    )
    .check(z.maxLength(MAX_ITEMS)),
  name: text(200),
  version: text(60),
  description: text(4000),
  licence: text(200),
  visibility,
  /** Whether readers see the goal. */
  showGoal: z.boolean(),
  /** What else of how it was made they see. */
  shows: z._default(z.array(provenancePart), []),
  /** Whether the plan's evals go out with their skills, as files in `evals/`. */
  withEvals: z._default(z.boolean(), false),
  categories: z._default(z.array(category).check(z.maxLength(MAX_CATEGORIES)), []),
});
export type PublishWork = z.infer<typeof publishWork>;

/** `rev` counts saves, and is the ETag in quotes. */
export const publishDraft = z.object({ rev: z.number(), work: publishWork, updatedAt: z.string() });
export type PublishDraft = z.infer<typeof publishDraft>;

/** `published`: what became of the plan before, the latest first. */
export const publishState = z.object({
  draft: z.nullable(publishDraft),
  published: z.array(
    z.object({ publisher: z.string(), name: z.string(), version: z.string(), publishedAt: z.string() }),
  ),
});
export type PublishState = z.infer<typeof publishState>;

/** The answer to a save. `rev` goes into the next one's `If-Match`; `updatedAt` is ISO 8601 in UTC. */
export const savedDraft = z.object({ rev: z.number(), updatedAt: z.string() });
export type SavedDraft = z.infer<typeof savedDraft>;

/** The body of a 409: the work as it is now; null: it was published or discarded. */
export const publishConflict = z.object({ current: z.nullable(publishDraft) });

/** The plans whose publication was begun and not finished, for the list of plans. */
export const publishDraftList = z.object({
  drafts: z.array(z.object({ planId, step: z.enum(PUBLISH_STEPS), updatedAt: z.string() })),
});
export type PublishDraftList = z.infer<typeof publishDraftList>;
