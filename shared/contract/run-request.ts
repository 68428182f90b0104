import * as z from 'zod/mini';
import { trialRequest } from './evals.ts';
import { draftFile, intent, MAX_DRAFT_FILES, MAX_NOTES, plan } from './plan.ts';
import { BINARY_TEXT, MAX_GOAL_CHARS, MAX_NOTE_CHARS, toSite } from './run-limits.ts';

/** What the user typed, kept as it is, with its line breaks. Each refusal is a sentence for the user. */
export const goal = z.string().check(
  z.refine((text) => text.trim().length > 0, { error: 'Say what the skills should do: the goal is empty.' }),
  z.maxLength(MAX_GOAL_CHARS, { error: 'The goal has more than 20,000 characters. Shorten it.' }),
  z.refine((text) => !BINARY_TEXT.test(text), {
    error: 'The goal has binary characters. Paste it as plain text.',
  }),
);

/** The user's spending limits of one run; it stops mid-stream when one is reached and keeps what is done. */
export const caps = z.strictObject({
  costUsd: z.optional(z.number().check(z.gt(0), z.lte(1000))),
  tokens: z.optional(z.int().check(z.gt(0), z.lte(100_000_000))),
});
export type Caps = z.infer<typeof caps>;

/**
 * "Redo what is missing": the plan of an earlier run and the items to do again. With a `body` only the analysis is
 * redone, without one the draft is written (and analyzed) anew. With a `body` and `notes`, these are worked into it. `files` go with a
 * `body`; those that the plan has and that are not among them are written.
 */
export const redraft = z.strictObject({
  intent,
  plan,
  items: z
    .array(
      z.strictObject({
        id: z.string(),
        body: z.optional(z.string()),
        files: z.optional(z.array(draftFile).check(z.maxLength(MAX_DRAFT_FILES))),
        notes: z.optional(
          z
            .array(z.string().check(z.minLength(1), z.maxLength(MAX_NOTE_CHARS)))
            .check(z.maxLength(MAX_NOTES)),
        ),
      }),
    )
    .check(z.minLength(1), z.maxLength(12)),
});
export type Redraft = z.infer<typeof redraft>;

const providerId = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/));
/** For requests that have no provider by default. */
export const namedProvider = z.optional(providerId);

/** What both kinds of run are asked for. `site` is Azure's resource or Bedrock's region, and refused elsewhere. */
export const runRequest = z.strictObject({
  goal,
  provider: z._default(providerId, 'sandbox'),
  model: z._default(
    z
      .string()
      .check(z.regex(/^[\w.:/@-]{1,128}$/, { error: 'A model id has letters, digits and . : / @ - only.' })),
    'sandbox-1',
  ),
  site: z.optional(
    z.pipe(z.pipe(z.string(), z.transform(toSite)), z.string().check(z.regex(/^[a-z0-9][a-z0-9.-]{0,99}$/))),
  ),
  caps: z.optional(caps),
  redraft: z.optional(redraft),
  /** Skills that are there are tried, and nothing else is done. */
  trial: z.optional(trialRequest),
  /** How each skill can be tried is written too, after all drafts. */
  evals: z.optional(z.boolean()),
  /** How long models that can be told think: `faster` costs less, `better` more. Absent: as their vendors have it. */
  effort: z.optional(z.enum(['faster', 'better'])),
  /** The run waits after planning so that its plan can be changed, and goes on by itself when no answer comes. */
  review: z.optional(z.boolean()),
});
export type RunRequest = z.infer<typeof runRequest>;
