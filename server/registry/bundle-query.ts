import * as z from 'zod/mini';
import { category } from '../../shared/contract/categories.ts';
import { wholeNumber } from '../http/read-query.ts';

/** A search of the registry. `q` finds bundles by their words. */
export const bundleQuery = z.strictObject({
  q: z._default(z.string().check(z.maxLength(200)), ''),
  category: z.optional(category),
  licence: z.optional(z.string().check(z.maxLength(64))),
  signer: z.optional(z.string().check(z.maxLength(64))),
  limit: z._default(wholeNumber(1, 100), 30),
  offset: z._default(wholeNumber(0, 100_000), 0),
});

/** Of a bundle or skill; without it the newest. */
export const versionQuery = z.strictObject({ version: z.optional(z.string().check(z.maxLength(32))) });
