import * as z from 'zod/mini';

/**
 * The steps of a run in the order in which they begin. `drafting` and `analyzing` overlap: a draft is analyzed as soon as it is written.
 */
export const PHASES = ['classifying', 'planning', 'drafting', 'analyzing'] as const;
export const phaseName = z.enum(PHASES);
export type PhaseName = z.infer<typeof phaseName>;
