import * as z from 'zod/mini';

/** Versions of published skills and bundles: semver.org's major.minor.patch, without the parts for pre-releases and builds. */
export const VERSION = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;
/** The same as a schema. */
export const version = z.string().check(
  z.regex(VERSION, {
    error: 'A version has three numbers, as in 1.0.0.',
  }),
);
