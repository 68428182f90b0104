import * as z from 'zod/mini';
import { version } from './version.ts';

/** What is done to a published version afterwards: by its author, by readers, by the operator. */

/** `owner/name` of a bundle. */
const bundleRef = z.string().check(
  z.maxLength(104),
  z.regex(/^[a-z0-9-]{2,39}\/[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'A bundle is named by its publisher and its name, as in ada/basketry.',
  }),
);
/** By its author: no longer the one to take. `successor` is the bundle to take instead. */
export const deprecation = z.object({
  at: z.string(),
  note: z.nullable(z.string()),
  successor: z.nullable(z.string()),
});
export type Deprecation = z.infer<typeof deprecation>;
/** By the operator: nobody is served it any more. */
export const removal = z.object({ at: z.string(), reason: z.string() });
export type Removal = z.infer<typeof removal>;
/** What was done to a published version since. */
export const standing = z.object({
  hiddenAt: z.nullable(z.string()),
  removal: z.nullable(removal),
  deprecation: z.nullable(deprecation),
});
export type Standing = z.infer<typeof standing>;

/**
 * The body of `PATCH /v1/bundles/<publisher>/<name>`: what its author changes about what is published, in one version or, where none is
 * named, in all that there are. What is not named stays; null takes back.
 */
export const changeBundle = z.strictObject({
  version: z.optional(version),
  hidden: z.optional(z.boolean()),
  deprecated: z.optional(
    z.nullable(
      z.strictObject({
        note: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(300))),
        successor: z.optional(bundleRef),
      }),
    ),
  ),
  summary: z.optional(z.nullable(z.string().check(z.trim(), z.minLength(1), z.maxLength(1024)))),
});
export type ChangeBundle = z.input<typeof changeBundle>;
/** The versions that were changed, the latest first. */
export const changedBundle = z.object({ versions: z.array(z.string()) });

/**
 * The body of `POST /v1/bundles/<publisher>/<name>/transfer`: the slug of the workspace that has all versions of the bundle from then on,
 * with the skills that came with them. Address, publisher and signatures stay.
 */
export const transferBundle = z.strictObject({
  workspace: z.string().check(z.minLength(1), z.maxLength(64)),
});
export type TransferBundle = z.input<typeof transferBundle>;

/** The causes, in the order in which a form shows them. */
export const REPORT_CAUSES = ['malicious', 'misleading', 'secrets', 'rights', 'other'] as const;
/** Why a reader reports a skill to the operator. `secrets`: it shows somebody's; `rights`: it is somebody else's work. */
export const reportCause = z.enum(REPORT_CAUSES);
export type ReportCause = z.infer<typeof reportCause>;
/** The body of `POST /v1/skills/<publisher>/<name>/reports`. */
export const reportSkill = z.strictObject({
  version,
  cause: reportCause,
  note: z.string().check(z.trim(), z.minLength(10), z.maxLength(1000)),
});
export type ReportSkill = z.input<typeof reportSkill>;
