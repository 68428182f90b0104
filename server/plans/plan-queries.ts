import * as z from 'zod/mini';
import { EXPORT_FORMATS, PLAN_SORTS } from '../../shared/contract/saved-plan.ts';
import { wholeNumber } from '../http/read-query.ts';

const MAX_WORDS = 8;

/** `q` finds plans that have all its words in their title, goal or skills' names. */
export const listQuery = z.pipe(
  z.strictObject({
    q: z._default(z.string().check(z.maxLength(200)), ''),
    sort: z._default(z.enum(PLAN_SORTS), 'updated'),
    order: z.optional(z.enum(['asc', 'desc'])),
    limit: z._default(wholeNumber(1, 100), 30),
    offset: z._default(wholeNumber(0, 100_000), 0),
  }),
  z.transform(({ q, sort, order, limit, offset }) => ({
    words: q.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS),
    sort,
    order: order ?? (sort === 'title' ? ('asc' as const) : ('desc' as const)),
    limit,
    offset,
  })),
);
export type ListQuery = z.infer<typeof listQuery>;

/** `format` is the ZIP of skills unless it is named. */
export const exportQuery = z.strictObject({ format: z._default(z.enum(EXPORT_FORMATS), 'zip') });
