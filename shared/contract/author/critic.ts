import * as z from 'zod/mini';

/**
 * The operator's final critic: a model that reads the new skills of a bundle before they are published, on the operator's credentials. What
 * it says stands beside the rules' verdict and can only make it worse. It is the registry's word, and no part of what the author signs.
 */
export const CRITIC_POLICIES = ['off', 'advise', 'require'] as const;

const verdict = z.enum(['pass', 'review', 'block']);
export const MAX_CRITIC_NOTES = 6;

/** What it says of one skill, about the very files that `contentDigest` names. `verdict` is the worse of its own and the rules'. */
export const critique = z.object({
  skill: z.string(),
  contentDigest: z.string(),
  verdict,
  notes: z.array(z.object({ file: z.string(), text: z.string() })),
});
export type Critique = z.infer<typeof critique>;

/**
 * Why there is no opinion. `not_configured`: the operator has named no model; `too_large`: a skill is more than it reads, and half a skill is
 * not judged; `too_costly`: it would cost more than the operator allows for one bundle; `budget`: today's is used up; `busy`: it is reading
 * the same skill already; `failed`: it gave no usable answer.
 */
export const criticGap = z.object({
  why: z.enum(['not_configured', 'too_large', 'too_costly', 'budget', 'busy', 'failed']),
  message: z.string(),
});
export type CriticGap = z.infer<typeof criticGap>;

/** With neither `opinion` nor `missing` it was not asked yet. `reader` is null where the operator has configured none. */
export const criticReport = z.object({
  /** `require`: nothing is published that it has not read or would block. */
  policy: z.enum(['advise', 'require']),
  reader: z.nullable(z.object({ provider: z.string(), model: z.string() })),
  /** `verdict` is the worst of the skills'. `askedAt` is ISO 8601 in UTC. */
  opinion: z.nullable(z.object({ verdict, askedAt: z.string(), skills: z.array(critique) })),
  missing: z.nullable(criticGap),
});
export type CriticReport = z.infer<typeof criticReport>;

/** The answer of `POST /v1/critiques`; null where there is nothing to ask: no critic, or no new skill. */
export const critiqueAnswer = z.object({ critic: z.nullable(criticReport) });
