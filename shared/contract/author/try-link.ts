import * as z from 'zod/mini';

/** Private links from which a client installs what is not published yet. */

export const TRY_HOURS = [1, 24, 168] as const;
export const MAX_TRY_LINKS = 10;

/** The body of `POST /v1/plans/<id>/try-links`. */
export const createTryLink = z.strictObject({ hours: z.union(TRY_HOURS.map((one) => z.literal(one))) });
export type CreateTryLink = z.infer<typeof createTryLink>;

/** Times are ISO 8601 in UTC. */
export const tryLinkInfo = z.object({ id: z.string(), createdAt: z.string(), expiresAt: z.string() });
export type TryLinkInfo = z.infer<typeof tryLinkInfo>;
/** Those of one plan that still work, the newest first. */
export const tryLinkList = z.object({ links: z.array(tryLinkInfo) });

/**
 * `path` is the secret, told this once: what a client adds is this server's address with it. `leftOut`: skills that it does not serve, each
 * with the reason.
 */
export const createdTryLink = z.object({
  info: tryLinkInfo,
  path: z.string(),
  skills: z.array(z.string()),
  leftOut: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type CreatedTryLink = z.infer<typeof createdTryLink>;
