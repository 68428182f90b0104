import * as z from 'zod/mini';

/** An Agent Skills name: 1 to 64 of a-z, 0-9 and single hyphens inside. Source: agentskills.io specification. */
export const SKILL_NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const line = (max: number) => z.string().check(z.maxLength(max));

export const MAX_QUESTIONS = 4;

/** Something that the goal asks for, in one line. Items of the plan name its `id` to say that they cover it. */
export const capability = z.object({ id, need: line(500) });

/**
 * What the goal asks for: the answer of the phase `classifying`. `unsupported`: there is nothing to write, and `reason` says what is
 * missing. `refused`: it will not be planned, and `reason` says why. Both end the run.
 */
export const intent = z.object({
  kind: z.enum(['single', 'bundle', 'unsupported', 'refused']),
  reason: z.optional(line(500)),
  summary: line(500),
  capabilities: z.array(capability).check(z.maxLength(24)),
  constraints: z.array(line(500)).check(z.maxLength(24)),
  assumptions: z.array(line(500)).check(z.maxLength(24)),
  /** What the user may answer before drafts are written; `default` is what `assumption` takes for granted. */
  questions: z.optional(
    z
      .array(z.object({ id, text: line(300), default: line(300), assumption: line(500) }))
      .check(z.maxLength(MAX_QUESTIONS)),
  ),
});
export type Intent = z.infer<typeof intent>;

/** A published skill that an item reuses; on a `create` item, one that the model named and the catalogue does not have. */
export const skillRef = z.object({ owner: line(64), name: line(64), version: line(32) });
export type SkillRef = z.infer<typeof skillRef>;

export const MAX_DRAFT_FILES = 6;

/**
 * The path of a file beside a SKILL.md: in `scripts/` or `references/` and one level deep, as the specification advises. Text alone, and no
 * name that Windows keeps for a device.
 */
export const SKILL_FILE_PATH =
  /^(?:scripts|references)\/(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[a-z0-9_][a-z0-9_-]{0,59}\.(?:md|txt|csv|tsv|json|yaml|yml|toml|xml|html|css|sql|py|sh|bash|ps1|js|mjs|cjs|ts|rb|pl|php|lua|r|awk|sed|jq)$/i;

const filePath = z.string().check(
  z.regex(SKILL_FILE_PATH, {
    error:
      'A file is in scripts/ or references/, with a plain name and the ending of a text: scripts/read-log.py.',
  }),
);

/** A file that a skill is to have beside its SKILL.md, and what for. */
export const plannedFile = z.object({ path: filePath, purpose: line(300) });
export type PlannedFile = z.infer<typeof plannedFile>;

/** A file beside a SKILL.md with its text. */
export const draftFile = z.object({ path: filePath, content: z.string().check(z.maxLength(100_000)) });
export type DraftFile = z.infer<typeof draftFile>;
const draftFiles = z.optional(z.array(draftFile).check(z.maxLength(MAX_DRAFT_FILES)));

/** One skill of a plan: reused from the catalogue, or to be written. `covers` has ids of capabilities. */
export const planItem = z.object({
  id,
  action: z.enum(['reuse', 'create']),
  name: z.string().check(z.regex(SKILL_NAME), z.maxLength(64)),
  description: line(1024),
  covers: z.array(id).check(z.maxLength(24)),
  reason: line(1000),
  /** What the body has to say, as short headings. Empty for a reused skill. */
  outline: z.array(line(300)).check(z.maxLength(16)),
  /** Tools that the skill may use, as the specification's `allowed-tools` has them; empty: none named. */
  allowedTools: z.array(line(100)).check(z.maxLength(16)),
  /** What lies beside the SKILL.md. Most skills have no such file; of a reused one they are not told. */
  files: z.optional(z.array(plannedFile).check(z.maxLength(MAX_DRAFT_FILES))),
  ref: z.optional(skillRef),
});
export type PlanItem = z.infer<typeof planItem>;

/** A capability that no item of the plan covers, with the model's reason. */
export const uncovered = z.object({ capability: id, need: line(500), reason: line(1000) });

export const MAX_ITEMS = 12;

/** The answer of the phase `planning`. Every capability is covered by exactly one item, or listed as uncovered. */
export const plan = z.object({
  title: line(120),
  items: z.array(planItem).check(z.maxLength(MAX_ITEMS)),
  uncovered: z.array(uncovered).check(z.maxLength(24)),
});
export type Plan = z.infer<typeof plan>;

/** The front matter of a SKILL.md; `allowedTools` becomes `allowed-tools`. */
export const manifest = z.object({
  name: z.string().check(z.regex(SKILL_NAME), z.maxLength(64)),
  description: z.string().check(z.minLength(1), z.maxLength(1024)),
  license: z.optional(line(100)),
  compatibility: z.optional(line(500)),
  allowedTools: z.optional(z.array(line(100))),
  metadata: z.optional(z.record(z.string(), z.string())),
});
export type Manifest = z.infer<typeof manifest>;

/** A published skill that a plan reuses, with its text, so that a run's result is complete without the registry. */
export const reusedSkill = z.object({ item: id, manifest, body: z.string() });
export type ReusedSkill = z.infer<typeof reusedSkill>;

/**
 * One new skill. `digest` is `sha256:<hex>` of the SKILL.md that `manifest` and `body` give; with `files`, of all of them, as the registry
 * counts it.
 */
export const draft = z.object({
  item: id,
  revision: z.number(),
  manifest,
  body: z.string(),
  files: draftFiles,
  digest: z.string(),
});
export type Draft = z.infer<typeof draft>;

/** Replaces a range of the SKILL.md, in UTF-16 units as JavaScript counts. It fits the text with the analysis' digest, and no other. */
export const edit = z.object({ start: z.number(), end: z.number(), text: z.string() });
export type Edit = z.infer<typeof edit>;

/**
 * What analysis says of a draft. `line` counts in the SKILL.md, from 1; absent: the whole skill. `evidence` is the place in the text,
 * in at most 160 characters and with secrets masked; `fix` says what to do, and `edit`, where there is one, does it.
 */
export const finding = z.object({
  rule: z.string(),
  severity: z.enum(['info', 'warning', 'error', 'critical']),
  /** The file beside the SKILL.md that it is about, and in which `line` counts; absent: the SKILL.md. */
  file: z.optional(line(200)),
  line: z.optional(z.number()),
  message: z.string(),
  fix: z.optional(z.string()),
  evidence: z.optional(line(200)),
  edit: z.optional(edit),
});
export type Finding = z.infer<typeof finding>;

/** The critic's four scores, 0 to 10. */
export const scores = z.object({
  specificity: z.number(),
  completeness: z.number(),
  safety: z.number(),
  goalAlignment: z.number(),
});
export type Scores = z.infer<typeof scores>;

export const MAX_NOTES = 8;

/** The critic's word on a place of a draft. `must`: the skill does harm or fails its user as it stands. */
const writtenNote = z.object({
  text: line(500),
  must: z.boolean(),
  where: z.optional(line(120)),
  /** The change itself, where it is one: `old` occurs exactly once in the body that the note is about. */
  patch: z.optional(z.object({ old: line(4000), new: line(8000) })),
});
/** Plans that were saved before notes had places have them as plain texts. */
export const note = z.pipe(
  z.union([writtenNote, z.string()]),
  z.transform(
    (given: string | Note): Note => (typeof given === 'string' ? { text: given, must: false } : given),
  ),
);
export type Note = z.infer<typeof writtenNote>;

/** Notes that were worked into a draft, whose next revision this is, with the text before and after. */
export const revision = z.object({
  item: z.string(),
  revision: z.number(),
  by: z.enum(['patches', 'rewrite']),
  notes: z.array(note),
  before: z.string(),
  after: z.string(),
  /** The same of files beside the SKILL.md, where one was changed. */
  files: z.optional(z.array(z.object({ path: z.string(), before: z.string(), after: z.string() }))),
});

/**
 * Another skill that says much the same: one published in the registry, or another draft of this run. `score` is from 0 to 1 and measured
 * by `findOverlaps`.
 */
export const overlap = z.object({
  name: z.string(),
  score: z.number(),
  kind: z.enum(['published', 'draft']),
});

/**
 * `scores` is null when the critic's call failed, was not made, or gave scores that cannot be read; the findings are there all the same.
 * `notes` are what is left to do; what was done about the others is told by the event `revision`.
 */
export const analysis = z.object({
  item: id,
  digest: z.string(),
  verdict: z.enum(['pass', 'review', 'block']),
  scores: z.nullable(scores),
  notes: z.array(note),
  findings: z.array(finding),
  overlaps: z.array(overlap),
});
export type Analysis = z.infer<typeof analysis>;
