import * as z from 'zod/mini';
import { plan, skillRef } from './plan.ts';

/**
 * What the user answers while a run waits for the review of its plan: that somebody is looking at it, which stops the clock, or the plan as
 * it is to be drafted.
 */
export const reviewAnswer = z.union([
  z.strictObject({ touch: z.literal(true) }),
  z.strictObject({
    plan,
    /** By the questions' ids; one that is left out keeps its default. */
    answers: z.optional(z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(300)))),
  }),
]);
export type ReviewAnswer = z.infer<typeof reviewAnswer>;

/** How long the run still waits. */
export const reviewLeft = z.object({ leftMs: z.number() });

/**
 * The pause after planning. `waiting`: the plan can be looked at and sent back until `deadline` (the server's clock, ISO; `leftMs` from
 * now), then the run goes on by itself; told again when somebody touches it. `over`: it goes on, with the `intent` and `plan` before.
 */
export const reviewEvent = z.object({
  state: z.enum(['waiting', 'over']),
  by: z.optional(z.enum(['user', 'time'])),
  deadline: z.optional(z.string()),
  leftMs: z.optional(z.number()),
  touched: z.optional(z.boolean()),
  /** Published skills that an item may reuse instead. */
  offers: z.optional(z.array(z.extend(skillRef, { description: z.string() }))),
});
export type ReviewEvent = z.infer<typeof reviewEvent>;
