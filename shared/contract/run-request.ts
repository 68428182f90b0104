import * as z from 'zod/mini';
import { intent, MAX_NOTES, plan } from './plan.ts';

export const MAX_GOAL_CHARS = 20_000;
/**
 * Large enough for a resumed run, which sends back what it had made: a goal of 20,000 characters with an intent and a plan whose every
 * field is full is 480,000 bytes at three bytes a character, and bodies to analyze need as much again. The fields' own limits are far
 * stricter.
 */
export const MAX_BODY_BYTES = 1024 * 1024;

/** A key check is over on the server after this long, however many questions to the provider it takes. */
export const KEY_CHECK_MS = 25_000;

/** The page waits longer than that, so that it hears how the check ended. */
export const KEY_CHECK_PATIENCE_MS = 30_000;

/** What a user says about a draft in their own words, such as "shorter" or "we use pnpm". */
export const MAX_NOTE_CHARS = 1000;

/** The header that carries the key, sealed or (curl) plain. It has no field in any JSON body. */
export const KEY_HEADER = 'x-provider-key';
/** A client may name its run, 128 random bits or more; the receipt of a cancelled run is asked for by this id. */
export const RUN_ID_HEADER = 'x-run-id';
/** URL-safe base64 of at least 128 bits. An id that others could guess would let them answer the run's review or read its receipt. */
export const RUN_ID = /^[\w-]{22,64}$/;

/** Text that a person typed: anything but control characters other than line breaks and tabs, and lone surrogates. */
export const BINARY_TEXT =
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

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
 * redone, without one the draft is written (and analyzed) anew. With a `body` and `notes`, these are worked into it.
 */
export const redraft = z.strictObject({
  intent,
  plan,
  items: z
    .array(
      z.strictObject({
        id: z.string(),
        body: z.optional(z.string()),
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

/**
 * Reads the host's name out of what people copy from a vendor's portal: `https://My-Resource.openai.azure.com/openai/v1/` becomes
 * `my-resource.openai.azure.com`. What is neither a name nor an https address stays as it is, and is refused later.
 */
export function toSite(text: string): string {
  const name =
    /^ {0,9}https:\/\/([a-z0-9][a-z0-9-]{0,62}\.[a-z0-9.-]{1,99})(?::443)?(?:\/\S{0,200})? {0,9}$/i.exec(
      text,
    )?.[1] ?? /^[a-z0-9][a-z0-9.-]{0,99}$/i.exec(text)?.[0];
  return name?.toLowerCase() ?? text;
}

/** What both kinds of run are asked for. `site` is Azure's resource or Bedrock's region, and refused elsewhere. */
export const runRequest = z.strictObject({
  goal,
  provider: z._default(z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)), 'sandbox'),
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
  /** How long models that can be told think: `faster` costs less, `better` more. Absent: as their vendors have it. */
  effort: z.optional(z.enum(['faster', 'better'])),
  /** The run waits after planning so that its plan can be changed, and goes on by itself when no answer comes. */
  review: z.optional(z.boolean()),
});
export type RunRequest = z.infer<typeof runRequest>;
