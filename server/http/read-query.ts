import type { Context } from 'hono';
import * as z from 'zod/mini';
import { issueFailure, NO_ENGLISH_OF_ZOD, unstorableFailure } from './field-failure.ts';
import { findUnstorableText } from './json-fields.ts';
import type { ReadJson } from './read-json.ts';

/** Parses the query string with a strict schema of strings. A name that stands twice is refused like an unknown one. */
export function readQuery<T>(c: Context, schema: z.core.$ZodType<T>): ReadJson<T> {
  const given = Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
  const unstorable = findUnstorableText(given);
  if (unstorable !== undefined) return { ok: false, failure: unstorableFailure(unstorable) };
  const parsed = z.safeParse(schema, given, NO_ENGLISH_OF_ZOD);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return {
    ok: false,
    failure:
      issue === undefined
        ? { code: 'invalid_request', message: 'The address is not complete.' }
        : issueFailure(issue),
  };
}

/** A whole number in a query string. */
export function wholeNumber(min: number, max: number) {
  const digits = z.string().check(z.regex(/^\d{1,9}$/, { error: 'This must be a whole number.' }));
  return z.pipe(digits, z.pipe(z.transform(Number), z.number().check(z.gte(min), z.lte(max))));
}

/** PostgreSQL answers a malformed uuid with an error instead of no row. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
