import * as z from 'zod/mini';
import { wholeNumber } from '../http/read-query.ts';

const instant = z.pipe(
  z.string().check(
    z.regex(/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/, {
      error: 'This must be a date, or a date and time, as 2026-11-21T10:00:00Z.',
    }),
  ),
  z.pipe(
    z.transform((text: string) => new Date(text)),
    z.date({ error: 'There is no such date.' }),
  ),
);

/** `action` is a whole action, or its beginning up to the dot: `plan`. `to` is exclusive. */
export const auditQuery = z.strictObject({
  handle: z.optional(
    z
      .string()
      .check(z.regex(/^[a-z0-9-]{1,39}$/, { error: 'A handle has lower-case letters, digits and hyphens.' })),
  ),
  action: z.optional(
    z
      .string()
      .check(z.regex(/^[a-z-]+(?:\.[a-z-]+)?$/, { error: 'An action is written as plan or plan.save.' })),
  ),
  from: z.optional(instant),
  to: z.optional(instant),
  /** Entries older than this one: a page's `next`. */
  before: z.optional(wholeNumber(1, 999_999_999)),
  limit: z._default(wholeNumber(1, 200), 50),
  format: z._default(z.enum(['json', 'csv']), 'json'),
});
export type AuditQuery = z.infer<typeof auditQuery>;
