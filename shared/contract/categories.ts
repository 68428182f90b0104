import * as z from 'zod/mini';

/** What a bundle is for: the fourteen that ClawHub's clients know, so that one registry's shelves are like another's. */
export const CATEGORIES = [
  ...(['integrations', 'automation', 'research', 'development', 'productivity'] as const),
  ...(['communication', 'creative', 'knowledge', 'agents', 'operations'] as const),
  ...(['security', 'finance', 'lifestyle', 'other'] as const),
] as const;
export const MAX_CATEGORIES = 3;

export const category = z.enum(CATEGORIES);
export type Category = z.infer<typeof category>;
