import * as z from 'zod/mini';

/** What a person checks off by hand when a stored key has leaked; the other steps show in the keys themselves. */
export const LEAK_STEPS = ['vendorRevoked', 'callsSeen', 'usageCompared'] as const;
export type LeakStep = (typeof LEAK_STEPS)[number];

/** Who checked it off, and when; null: nobody yet. `by` is a handle, `at` ISO 8601 in UTC. */
const checkedOff = z.nullable(z.object({ at: z.string(), by: z.string() }));

/** The answer of `GET /v1/keys/:id/leak`: how far a leaked key is dealt with. `since`: from then on others may have had it. */
export const keyLeak = z.object({
  since: z.string(),
  steps: z.object({ vendorRevoked: checkedOff, callsSeen: checkedOff, usageCompared: checkedOff }),
});
export type KeyLeak = z.infer<typeof keyLeak>;

/** The same for a key of which nobody has said that it leaked. */
export const keyLeakState = z.object({ leak: z.nullable(keyLeak) });

/** The body of `PUT /v1/keys/:id/leak`: what is known now. A step that stays checked keeps who did it and when. */
export const noteLeak = z.strictObject({
  since: z.iso.datetime(),
  done: z.strictObject({ vendorRevoked: z.boolean(), callsSeen: z.boolean(), usageCompared: z.boolean() }),
});
export type NoteLeak = z.infer<typeof noteLeak>;

/** Of how many calls the page has a line; the CSV has all. */
export const MAX_CALLS_SHOWN = 200;

/** The query of `GET /v1/keys/:id/calls`. */
export const keyCallsQuery = z.strictObject({
  since: z.iso.datetime(),
  format: z._default(z.enum(['json', 'csv']), 'json'),
});

/**
 * One call that this server made on a stored key. `run` is null for a test of the key, of which no tokens are known; `usd` is null where no
 * price is. `outcome` is null while it lasts, or when the server died in it.
 */
export const keyCall = z.object({
  at: z.string(),
  /** The handle of who started it; null: their account is gone. */
  by: z.nullable(z.string()),
  run: z.nullable(z.string()),
  phase: z.string(),
  model: z.nullable(z.string()),
  outcome: z.nullable(z.string()),
  inputTokens: z.nullable(z.number()),
  outputTokens: z.nullable(z.number()),
  usd: z.nullable(z.number()),
});
export type KeyCall = z.infer<typeof keyCall>;

/** The answer of `GET /v1/keys/:id/calls`: the newest calls first, and the sums of all, by day (UTC) and model, to be held against a bill. */
export const keyCalls = z.object({
  count: z.number(),
  calls: z.array(keyCall),
  days: z.array(
    z.object({
      day: z.string(),
      model: z.string(),
      calls: z.number(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      /** Of the calls with a known price; null: of none. */
      usd: z.nullable(z.number()),
    }),
  ),
});
export type KeyCalls = z.infer<typeof keyCalls>;
