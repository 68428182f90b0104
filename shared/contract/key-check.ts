import * as z from 'zod/mini';
import { runRequest } from './run-request.ts';
import { modelInfo } from './server-config.ts';

const { provider, model, site } = runRequest.shape;

/** What "Check my key" asks; the key is in the header, as for a run. */
export const keyCheckRequest = z.strictObject({ provider, model, site });

/**
 * `unknown`: the provider could not be asked, which says nothing of the key. `models`: what this key may use, where the provider tells,
 * the newest first.
 */
export const keyCheck = z.object({
  verdict: z.enum(['works', 'rejected', 'no_credit', 'no_access', 'wrong_provider', 'unknown']),
  message: z.string(),
  /** See `failure`. */
  said: z.optional(z.string()),
  models: z.optional(z.array(modelInfo)),
});
export type KeyCheck = z.infer<typeof keyCheck>;
