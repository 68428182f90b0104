import * as z from 'zod/mini';
import { credentials } from './credentials.ts';
import { scores } from './plan.ts';

/** How a bundle was made, as far as its author shows it. It stands in `bundle.json` and is signed with it: the author's word, not the registry's. */

/** Parts that an author shows or keeps; the goal is a field of the bundle. */
export const PROVENANCE_PARTS = ['origin', 'cost', 'scores'] as const;
export const provenancePart = z.enum(PROVENANCE_PARTS);
export type ProvenancePart = z.infer<typeof provenancePart>;

/** Each part is there when its author shows it. */
export const provenance = z.strictObject({
  /** Who wrote the drafts, and whose credentials paid for it; never which. */
  origin: z.optional(
    z.strictObject({
      provider: z.string().check(z.maxLength(64)),
      model: z.string().check(z.maxLength(128)),
      credentials,
    }),
  ),
  /** In USD; null: the price is not known. */
  cost: z.optional(z.strictObject({ usd: z.nullable(z.number().check(z.gte(0))), isEstimate: z.boolean() })),
  /** The critic's, of the drafts as the run wrote them; `isEdited`: its author changed the text afterwards. */
  scores: z.optional(
    z
      .array(
        z.strictObject({
          skill: z.string().check(z.maxLength(64)),
          scores: z.strictObject(scores.shape),
          isEdited: z.boolean(),
        }),
      )
      .check(z.maxLength(24)),
  ),
});
export type Provenance = z.infer<typeof provenance>;
