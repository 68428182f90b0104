import * as z from 'zod/mini';
import { planSummary } from '../saved-plan.ts';

/** Skills that somebody has already, as a plan to look through and publish. */

export const MAX_IMPORT_BYTES = 6_000_000;

/** The body of `POST /v1/imports`: where an index of skills is. A ZIP is sent as it is, as application/zip. */
export const importFrom = z.strictObject({ url: z.string().check(z.maxLength(2000)) });

/** `leftOut`: skills that were found and not taken, each with the reason. */
export const imported = z.object({
  plan: planSummary,
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type Imported = z.infer<typeof imported>;
