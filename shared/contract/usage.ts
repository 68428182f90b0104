import * as z from 'zod/mini';

/**
 * Tokens and money of a call or of a run so far. `inputTokens` includes cached ones, `outputTokens` includes reasoning.
 * `costUsd` is null when no price is known: unknown is never 0. `estimated`: at least one call did not report its usage.
 */
export const usage = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Of `inputTokens`, what the provider had kept of an earlier prompt and charges less for. */
  cachedTokens: z.optional(z.number()),
  costUsd: z.nullable(z.number()),
  estimated: z.boolean(),
});
export type Usage = z.infer<typeof usage>;

/** The start of a sum. Its cost is a known 0, not the null of an unknown price. */
export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };

/** The sum of two. Its cost is null as soon as one of the two is unknown. */
export function addUsage(a: Usage, b: Usage): Usage {
  const cachedTokens = (a.cachedTokens ?? 0) + (b.cachedTokens ?? 0);
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    ...(cachedTokens > 0 && { cachedTokens }),
    costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
    estimated: a.estimated || b.estimated,
  };
}
